import type { Model, Shift, Upkeep } from '@/api/types'
import type { Talk } from '@/language/talk'
import { choiceWord } from '@/language/traits'

type Spread = NonNullable<Model['loss']>

/** Of shares among people. */
export const share = (value: number | null, talk: Talk) => (value === null ? '–' : talk.format.percent(value))

const number = (value: number | null, talk: Talk) => (value === null ? '–' : talk.format.figure(value))

/** A figure with its interval and by how many people it is known. */
export function spreadOf(spread: Spread, talk: Talk, figure = number): string {
  const values = { value: figure(spread.value, talk), low: figure(spread.low, talk), high: figure(spread.high, talk), n: talk.format.number(spread.people) }
  return talk.t('discover.spread', values, spread.people)
}

/** By how much a new model did better or worse than the one that stood; empty where nothing could be measured. */
export function gainOf(gain: Spread | null | undefined, talk: Talk): string {
  if (!gain || gain.value === null) return ''
  const way = gain.value >= 0 ? 'less' : 'more'
  const [low, high] = gain.value >= 0 ? [gain.low, gain.high] : [gain.high && -gain.high, gain.low && -gain.low]
  const values = { by: number(Math.abs(gain.value), talk), low: number(low, talk), high: number(high, talk), n: talk.format.number(gain.people) }
  return talk.t(`discover.gain.${way}`, values, gain.people)
}

/** Those that have moved most come first. */
export function byIndex(shifts: Shift[]): Shift[] {
  return shifts.toSorted((a, b) => (b.index ?? -1) - (a.index ?? -1))
}

/** When it is repeated, in words. */
export function rhythmOf({ repeat, zone }: Upkeep, talk: Talk): string {
  if (!repeat) return talk.t('discover.upkeep.never')
  const hour = `${String(repeat.hour ?? 3).padStart(2, '0')}:00`
  const day = repeat.every === 'week' ? talk.t(`discover.upkeep.weekday.${repeat.day ?? 1}`) : String(repeat.day ?? 1)
  return talk.t(`discover.upkeep.said.${repeat.every}`, { day, hour, zone })
}

/** A band of ages as people write it; other groups are called what they are. */
export function groupName(field: string, group: string, talk: Talk): string {
  if (field !== 'age') return choiceWord(field, group, talk)
  const [from, to] = group.split('-')
  return to ? talk.t('discover.fair.band', { from, to }) : talk.t('discover.fair.from', { from })
}
