import { beforeAll, describe, expect, it } from 'vitest'
import type { Condition } from '@/api/types'
import type { Talk } from '@/language/talk'
import { all, any, known, leaf, not } from '@/testing/decisions'
import { talkIn } from '@/testing/talk'
import { conditionSentence, lines, sawSentence } from './conditions'

let talk: Talk

beforeAll(async () => {
  talk = await talkIn('en')
})

describe('a condition', () => {
  it.each<[Condition, string, string]>([
    [{ did: 'order', atLeast: 1, within: 'P30D' }, 'at least 1 order in the last 30 days', 'no orders in the last 30 days'],
    [{ did: 'quiz', atLeast: 2, within: 'P7D' }, 'at least 2 “quiz” in the last 7 days', 'fewer than 2 “quiz” in the last 7 days'],
    [
      { did: 'page_view', where: { property: 'path', match: 'startsWith', value: '/tea' }, atLeast: 2, within: 'P7D' },
      'at least 2 visits in the last 7 days where the page starts with “/tea”',
      'fewer than 2 visits in the last 7 days where the page starts with “/tea”',
    ],
    [
      { did: 'search', where: { property: 'query', match: 'contains', value: 'green' }, atLeast: 1, within: 'P30D' },
      'at least 1 search in the last 30 days where the search word contains “green”',
      'no searches in the last 30 days where the search word contains “green”',
    ],
    [{ trait: 'identifier:userId', comparison: 'atLeast', value: '', type: 'text' }, 'Customer number is known', 'Customer number is not known'],
    [{ trait: 'spent_EUR', comparison: 'atLeast', value: '100', type: 'number' }, 'Spent is at least €100.00', 'Spent is below €100.00'],
    [{ trait: 'country', comparison: 'equal', value: 'DE', type: 'text' }, 'Country is Germany', 'Country is not Germany'],
    [{ trait: 'churn_risk', comparison: 'atLeast', value: '0', type: 'number' }, 'Churn risk is known', 'Churn risk is not known'],
    [{ trait: 'country', comparison: 'atLeast', value: '', type: 'text' }, 'Country is known', 'Country is not known'],
    [{ inSegment: 'ordered-30d' }, 'is in “Ordered in the last 30 days”', 'is not in “Ordered in the last 30 days”'],
    [{ responded: 'email.clicked', step: 'thanks' }, '1 click in an e-mail after the step “thank-you”', 'no clicks in e-mails after the step “thank-you”'],
    [{ enteredBefore: 'thanks' }, 'has been in “Thank-you” before', 'has not been in “Thank-you” before'],
    [{ fresh: 'PT24H' }, 'what set it off is less than 24 hours old', 'what set it off was older than 24 hours'],
    [{ all: [] }, 'no further condition', 'a condition that never holds'],
  ])('isASentenceAndHasAnOpposite %j', (condition, sentence, opposite) => {
    expect(conditionSentence(condition, known, talk)).toBe(sentence)
    expect(conditionSentence({ not: condition }, known, talk)).toBe(opposite)
  })

  it('showsTheValuesThatDecided', () => {
    const did = { did: 'order', atLeast: 1, within: 'P30D' }

    expect(sawSentence(leaf(did, true, { count: 2, newest: '2026-11-20T09:30:00Z' }), talk)).toBe('seen: 2, the newest on 20 Nov 2026, 09:30')
    expect(sawSentence(leaf({ trait: 'spent_EUR', comparison: 'less', value: '9', type: 'number' }, false), talk)).toBe('not known')
    expect(sawSentence(leaf({ fresh: 'PT24H' }, false, { age: 'PT50H3M' }), talk)).toBe('it was 50 hours old')
  })

  it('foldsNotIntoTheLineItDenies', () => {
    const line = lines(all(not(leaf({ enteredBefore: 'thanks' }, false)), not(any())), known, talk)

    expect(line.parts.map((part) => [part.sentence, part.holds])).toEqual([
      ['has not been in “Thank-you” before', true],
      ['entering again is not limited', true],
    ])
  })
})
