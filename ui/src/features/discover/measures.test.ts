import { describe, expect, it } from 'vitest'
import type { Measure } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { standingOf, verdictOf } from './measures'

const english = await talkIn('en')

const measure = (value: number, low: number | null, high: number | null, baseline: number | null, better: Measure['better'] = 'more'): Measure => ({
  name: { en: 'Found right' }, value, low, high, baseline, better,
})

describe('a measure', () => {
  it('isBetterThanGuessingOnlyWhereItsIntervalSaysSo', () => {
    expect(standingOf(measure(0.8, 0.7, 0.9, 0.5))).toBe('better')
    expect(standingOf(measure(0.8, 0.45, 0.95, 0.5))).toBe('even')
    expect(standingOf(measure(0.8, 0.5, 0.9, 0.5))).toBe('even')
    expect(standingOf(measure(0.3, 0.2, 0.4, 0.5))).toBe('worse')
    expect(standingOf(measure(0.8, null, null, 0.5))).toBe('unknown')
    expect(standingOf(measure(0.8, 0.7, 0.9, null))).toBe('unknown')
  })

  it('ofAnErrorIsBetterWhereItIsLess', () => {
    expect(standingOf(measure(0.3, 0.2, 0.4, 0.5, 'less'))).toBe('better')
    expect(standingOf(measure(0.8, 0.7, 0.9, 0.5, 'less'))).toBe('worse')
  })

  it('isNeitherBetterNorWorseUnlessItsPluginSaysWhichWay', () => {
    expect(standingOf(measure(0.8, 0.7, 0.9, 0.5, 'neither'))).toBe('higher')
    expect(verdictOf(measure(0.8, 0.4, 0.9, 0.5, 'neither'), english)).toBe('Held against 0.5: the interval holds it.')
  })

  it('saysByHowMuch', () => {
    expect(verdictOf(measure(0.8, 0.7, 0.9, 0.5), english)).toBe('Better than guessing (0.5) by 0.3 (0.2 to 0.4).')
    expect(verdictOf(measure(0.3, 0.2, 0.4, 0.5, 'less'), english)).toBe('Better than guessing (0.5) by 0.2 (0.1 to 0.3).')
    expect(verdictOf(measure(0.55, 0.45, 0.65, 0.5), english)).toBe('Not better than guessing (0.5): the interval holds it.')
  })
})
