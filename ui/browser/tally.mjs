/** Counts what held and what did not, and goes on after a failure so that one run tells all. */
export function tally() {
  const failures = []
  let passed = 0
  return {
    async check(name, work) {
      try {
        await work()
        passed++
        console.log(`ok    ${name}`)
      } catch (failure) {
        failures.push(name)
        console.error(`FAIL  ${name}\n      ${String(failure?.message ?? failure).replaceAll('\n', '\n      ')}`)
      }
    },
    close() {
      console.log(`${passed} passed, ${failures.length} failed`)
      return failures.length === 0
    },
  }
}

export function expect(holds, message) {
  if (!holds) throw new Error(message)
}
