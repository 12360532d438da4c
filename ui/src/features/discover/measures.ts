import type { Measure } from '@/api/types'
import { textIn } from '@/language/i18n'
import type { Talk } from '@/language/talk'

/** What an interval says of a measure beside a plain guess. */
export type Standing = 'better' | 'worse' | 'higher' | 'lower' | 'even' | 'unknown'

/**
 * Better or worse only where the whole interval lies on one side of what a plain guess reaches, and the plugin says
 * which side is better; without its word just higher or lower.
 */
export function standingOf({ low, high, baseline, better }: Measure): Standing {
  if (low === null || high === null || baseline === null) return 'unknown'
  if (low <= baseline && high >= baseline) return 'even'
  const isHigher = low > baseline
  if (better === 'neither') return isHigher ? 'higher' : 'lower'
  return isHigher === (better === 'more') ? 'better' : 'worse'
}

/** "Better than guessing by 0.31 (0.24 to 0.37)." */
export function verdictOf(measure: Measure, talk: Talk): string {
  const { value, low, high, baseline } = measure
  const standing = standingOf(measure)
  const figure = (number: number) => talk.format.figure(number)
  if (baseline === null || value === null) return talk.t('discover.judged.alone')
  const guess = figure(baseline)
  if (standing === 'unknown' || low === null || high === null) return talk.t('discover.judged.unknown', { guess })
  if (standing === 'even') return talk.t(measure.better === 'neither' ? 'discover.judged.same' : 'discover.judged.even', { guess })
  const ends = [Math.abs(low - baseline), Math.abs(high - baseline)].toSorted((a, b) => a - b)
  return talk.t(`discover.judged.${standing}`, {
    guess,
    by: figure(Math.abs(value - baseline)),
    least: figure(ends[0] ?? 0),
    most: figure(ends[1] ?? 0),
  })
}

/** "0.81 (0.74 to 0.87)", or as much of it as is known. */
export function valueOf({ value, low, high }: Measure, talk: Talk): string {
  if (value === null) return talk.t('discover.judged.notKnown')
  const figure = (number: number) => talk.format.figure(number)
  return low === null || high === null ? figure(value) : talk.t('figures.between', { value: figure(value), low: figure(low), high: figure(high) })
}

export const nameOf = (measure: Measure, talk: Talk) => textIn(talk.locale, measure.name)
