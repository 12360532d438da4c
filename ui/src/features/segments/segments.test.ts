import { describe, expect, it } from 'vitest'
import { talkIn } from '@/testing/talk'
import { countSentence, rounded } from './segments'

const estimate = { value: 1_237, low: 1_181, high: 1_293, exact: false, seen: 4_000, people: 20_000 }

describe('a count', () => {
  it('isRoundedToWhatCanBeToldApart', () => {
    expect(rounded(estimate)).toEqual({ value: 1_237, margin: 56 })
    expect(rounded({ ...estimate, value: 41_237, low: 40_000, high: 42_500 })).toEqual({ value: 41_200, margin: 1_300 })
    expect(rounded({ ...estimate, value: 0, low: 0, high: 7 })).toEqual({ value: 0, margin: 7 })
  })

  it('saysWhetherItIsExact', async () => {
    const english = await talkIn('en')
    const say = (key: string, values: Record<string, unknown>, plural: number) => english.t(key, values, plural)

    expect(countSentence(estimate, say, english.format)).toBe('about 1,237 people, ±56')
    expect(countSentence({ ...estimate, exact: true }, say, english.format)).toBe('1,237 people')
    expect(countSentence({ ...estimate, value: 1, exact: true }, say, english.format)).toBe('1 person')
  })
})
