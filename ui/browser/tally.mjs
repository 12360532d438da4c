/** Counts what held and what did not, and how long it took; goes on after a failure so that one run tells all. */
export function tally() {
  const failures = []
  const began = performance.now()
  const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`
  let passed = 0
  return {
    async check(name, work) {
      const start = performance.now()
      try {
        await work()
        passed++
        console.log(`ok    ${name}, ${since(start)}`)
      } catch (failure) {
        failures.push(name)
        console.error(`FAIL  ${name}, ${since(start)}\n      ${String(failure?.message ?? failure).replaceAll('\n', '\n      ')}`)
      }
    },
    close() {
      console.log(`${passed} passed, ${failures.length} failed in ${since(began)}`)
      for (const name of failures) console.log(`FAIL  ${name}`)
      return failures.length === 0
    },
  }
}

export function expect(holds, message) {
  if (!holds) throw new Error(message)
}
