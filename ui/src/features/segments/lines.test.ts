import { describe, expect, it } from 'vitest'
import type { Condition } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { conditionOf, line } from './draft'
import { lineSentence, linesOf } from './lines'

const known = { person: '', segments: new Map(), campaigns: new Map(), events: new Map(), starts: [] }
const ordered: Condition = { did: 'order', atLeast: 1, within: 'P30D' }
const kiel: Condition = { trait: 'city', comparison: 'equal', value: 'Kiel', type: 'text' }

describe('the lines of a condition', () => {
  it('areThePartsOfItsOutermostGroup', () => {
    expect(linesOf({ all: [ordered, kiel] })).toEqual({ mode: 'all', parts: [ordered, kiel] })
    expect(linesOf({ not: { any: [ordered, kiel] } })).toEqual({ mode: 'none', parts: [ordered, kiel] })
    expect(linesOf({ not: { all: [kiel] } })).toEqual({ mode: 'notAll', parts: [kiel] })
    expect(linesOf({ not: kiel })).toEqual({ mode: 'all', parts: [{ not: kiel }] })
  })
})

describe('a line as one sentence', () => {
  it('saysWhatAGroupInItAsks', async () => {
    const talk = await talkIn('en')
    const [one, other] = [lineSentence(ordered, known, talk), lineSentence(kiel, known, talk)]

    expect(lineSentence({ any: [ordered, kiel] }, known, talk)).toBe(`${one} or ${other}`)
    expect(lineSentence({ all: [ordered, { any: [kiel, ordered] }] }, known, talk)).toBe(`${one} and (${other} or ${one})`)
  })

  it('saysThatSomethingIsLongAgoAsOne', async () => {
    const talk = await talkIn('en')
    const condition = conditionOf(line('trait:last_order', 'instant', { relation: 'older', days: 60 }))

    expect(lineSentence(condition, known, talk)).toBe('Last order was longer than 60 days ago')
  })

  it('saysTheOppositeOfAGroupPartByPart', async () => {
    const talk = await talkIn('en')
    const [one, other] = [lineSentence(ordered, known, talk, 'isNot'), lineSentence(kiel, known, talk, 'isNot')]

    expect(one).not.toBe(lineSentence(ordered, known, talk))
    expect(lineSentence({ not: { any: [ordered, kiel] } }, known, talk)).toBe(`${one} and ${other}`)
    expect(lineSentence({ not: { all: [ordered, kiel] } }, known, talk)).toBe(`${one} or ${other}`)
  })
})
