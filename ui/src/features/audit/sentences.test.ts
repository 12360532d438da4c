import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import english from './words/en.json'
import chinese from './words/zh-CN.json'
import { keyOfWhat, sentenceOf, thingOf } from './sentences'

interface Operation { security: Record<string, string[]>[] }
const document = JSON.parse(readFileSync('../core/server/src/main/resources/soloist/http/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Operation>> }

/** Changes by people, tokens and this machine; what needs a right to read only, or tells an event, is not noted. */
const noted = Object.entries(document.paths).flatMap(([path, methods]) =>
  ['post', 'put']
    .filter((method) => methods[method]?.security.length)
    .filter((method) => !Object.values(methods[method]?.security[0] ?? {}).flat().some((right) => right.endsWith(':read') || right === 'events:write'))
    .map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
)

describe('a line of the audit log', () => {
  it('isASentenceInBothLanguagesWhateverWasDone', () => {
    const missing = noted.filter((what) => !(keyOfWhat(what) in english.did && keyOfWhat(what) in chinese.did))

    expect(missing).toEqual([])
    expect(noted.length).toBeGreaterThan(45)
  })

  it('namesWhatItWasDoneTo', () => {
    expect(thingOf('POST /api/v1/segments/:id/remove', '/api/v1/segments/tea%20drinkers/remove')).toBe('tea drinkers')
    expect(thingOf('POST /api/v1/users', '/api/v1/users')).toBe('')
    expect(thingOf('POST /api/v1/segments/:id', '/api/v1/segments/%E0%A4%A')).toBe('%E0%A4%A')
  })

  it('saysWhatWasRefusedAsATry', () => {
    const words = { te: () => true, t: (key: string, named: Record<string, unknown>) => `${key} ${JSON.stringify(named)}` }

    expect(sentenceOf({ what: 'POST /api/v1/sending/release', target: '/api/v1/sending/release', status: 403 }, words)).toMatch(/^audit\.tried .*sending_release/)
    expect(sentenceOf({ what: 'sign-in-failed', target: '/api/v1/sign-in', status: 403 }, words)).toMatch(/^audit\.did\.sign_in_failed/)
    expect(sentenceOf({ what: 'GET /api/v1/users', target: '/api/v1/users', status: 403 }, words)).toMatch(/^audit\.looked .*\/api\/v1\/users/)
  })
})
