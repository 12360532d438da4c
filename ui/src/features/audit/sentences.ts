/** The key of a sentence: `POST /api/v1/users/:id/link` is `users_one_link`, `signed-in` is `signed_in`. */
export function keyOfWhat(what: string): string {
  return what
    .replace(/^[A-Z]+ (\/api\/v1)?\//, '')
    .replace(/:\w+/g, 'one')
    .replace(/[^a-z0-9]+/gi, '_')
}

/** What stands in a path where the operation has a name, such as the campaign's; empty when there is none. */
export function thingOf(what: string, target: string): string {
  const names = what.replace(/^[A-Z]+ /, '').split('/')
  const at = names.findIndex((name) => name.startsWith(':'))
  const found = at < 0 ? '' : (target.split('/')[at] ?? '')
  try {
    return decodeURIComponent(found)
  } catch {
    return found
  }
}

type Words = { t: (key: string, named: Record<string, unknown>) => string; te: (key: string) => boolean }

/** What somebody did, or tried to do. */
export function sentenceOf(line: { what: string; target: string; status: number }, { t, te }: Words): string {
  const key = `audit.did.${keyOfWhat(line.what)}`
  if (line.what.startsWith('GET ')) return t('audit.looked', { target: line.target })
  const did = te(key) ? t(key, { thing: thingOf(line.what, line.target) }) : line.what
  return line.status >= 400 && line.what.includes(' ') ? t('audit.tried', { what: did }) : did
}
