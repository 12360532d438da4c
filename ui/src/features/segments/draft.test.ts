import { describe, expect, it } from 'vitest'
import type { Condition } from '@/api/types'
import { conditionOf, draftOf, group, isWhole, line, lineCount, MATCHES, RELATIONS, type Group, type Kind, type Part } from './draft'
import { RECIPES } from './recipes'

/** Plain and repeatable (Park and Miller, 1988). */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
}

const NAMES: Record<Kind, string> = {
  event: 'event:order',
  number: 'trait:orders',
  text: 'trait:city',
  boolean: 'trait:wholesale',
  instant: 'trait:last_order',
  tag: 'tag:VIP',
  segment: 'segment:regulars',
}

function randomPart(roll: (sides: number) => number, depth: number): Part {
  if (depth > 0 && roll(3) === 0) {
    const parts = Array.from({ length: roll(4) }, () => randomPart(roll, depth - 1))
    return group((['all', 'any', 'none', 'notAll'] as const)[roll(4)], parts)
  }
  const kinds = Object.keys(NAMES) as Kind[]
  const kind = kinds[roll(kinds.length)] ?? 'event'
  const relation = RELATIONS[kind][roll(RELATIONS[kind].length)] ?? ''
  const value = kind === 'instant' ? '2026-11-01' : kind === 'number' ? '12.50' : 'Kiel'
  const property = kind === 'event' ? (['', 'path', 'query'][roll(3)] ?? '') : ''
  const match = MATCHES[roll(MATCHES.length)]
  return line(NAMES[kind], kind, { relation, count: 1 + roll(5), days: 1 + roll(90), property, match, value })
}

describe('a draft', () => {
  it('saysTheSameConditionAfterItWasReadBack', () => {
    const roll = dice(20_261_122)
    for (let i = 0; i < 2_000; i++) {
      const draft = group('all', [randomPart(roll, 3), randomPart(roll, 3)])
      const condition = conditionOf(draft)

      expect(conditionOf(draftOf(condition))).toEqual(condition)
    }
  })

  it('readsConditionsThatTheApiMadeOtherwise', () => {
    const conditions: Condition[] = [
      { not: { not: { inSegment: 'vip' } } },
      { not: { recent: 'last_order', within: 'P30D' } },
      { not: { trait: 'age', comparison: 'less', value: '30', type: 'number' } },
      { not: { trait: 'wholesale', comparison: 'equal', value: true, type: 'boolean' } },
      { did: 'order', atLeast: 2, within: 'PT720H' },
    ]

    expect(conditions.map((condition) => conditionOf(draftOf(condition)))).toEqual([
      { all: [{ inSegment: 'vip' }] },
      { not: { any: [{ recent: 'last_order', within: 'P30D' }] } },
      { not: { any: [{ trait: 'age', comparison: 'less', value: '30', type: 'number' }] } },
      { not: { any: [{ trait: 'wholesale', comparison: 'equal', value: true, type: 'boolean' }] } },
      { all: [{ did: 'order', atLeast: 2, within: 'P30D' }] },
    ])
  })

  it('isWholeOnlyWhenEveryLineHasItsValue', () => {
    const empty: Group = group('all', [line('trait:city', 'text')])

    expect(isWhole(empty)).toBe(false)
    expect(isWhole(group('all', [line('trait:city', 'text', { relation: 'known' })]))).toBe(true)
    expect(isWhole(group('all', [line('event:order', 'event', { count: 65 })]))).toBe(false)
    expect(isWhole(group('all', [line('trait:age', 'number', { value: 'old' })]))).toBe(false)
    expect(isWhole(group('all', [line('event:', 'event')]))).toBe(false)
    expect(isWhole(group('all', [line('event:search', 'event', { property: 'query', value: ' ' })]))).toBe(false)
    expect(isWhole(group('all', [line('event:search', 'event', { property: 'query', value: 'tea' })]))).toBe(true)
  })
})

describe('a recipe', () => {
  it('isWholeNamedInBothLanguagesAndKeepsItsMeaningInTheBuilder', () => {
    const words = { traits: [{ key: 'spent_CNY', type: 'number' as const, set: 'buying' as const, values: [], known: 9 }], events: [], properties: [] }
    for (const recipe of RECIPES) {
      const draft = draftOf(recipe.condition(words))

      expect(isWhole(draft), recipe.key).toBe(true)
      expect(lineCount(draft), recipe.key).toBeGreaterThan(0)
      expect(recipe.name.en && recipe.name['zh-CN'] && recipe.text.en && recipe.text['zh-CN'], recipe.key).toBeTruthy()
    }
  })

  it('asksForMoneyInTheCurrencyThatMostPeoplePayIn', () => {
    const spent = (key: string, known: number) => ({ key, type: 'number' as const, set: 'buying' as const, values: [], known })
    const words = { traits: [spent('spent_EUR', 3), spent('spent_CNY', 9)], events: [], properties: [] }

    expect(JSON.stringify(RECIPES.find((one) => one.key === 'high-value')?.condition(words))).toContain('spent_CNY')
  })
})
