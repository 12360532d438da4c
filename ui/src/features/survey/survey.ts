import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Bars, Grid, Plot, Text, TraitRelations, TraitSurvey } from '@/api/types'
import type { Talk } from '@/language/talk'
import { currencyOf, traitLabel, traitValue } from '@/language/traits'

export function useTrait(trait: MaybeRefOrGetter<string>, segment: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['survey', trait, segment],
    queryFn: ({ signal }) =>
      body(api.GET('/api/v1/survey/trait', { params: { query: { trait: toValue(trait), segment: toValue(segment) || undefined } }, signal })),
    enabled: () => toValue(trait) !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

export function useRelations(traits: MaybeRefOrGetter<string[]>, segment: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['relations', traits, segment],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/survey/relations', {
          params: { query: { traits: toValue(traits).join(','), segment: toValue(segment) || undefined } },
          signal,
        }),
      ),
    enabled: () => toValue(traits).length > 1,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

/** What is said in the language of the page only. */
export function said(talk: Talk, text: string): Text {
  return { en: text, [talk.locale]: text }
}

/** What a trait is called; two amounts in different currencies are told apart. */
export function labelOf(trait: string, talk: Talk): string {
  const currency = currencyOf(trait)
  return currency ? `${traitLabel(trait, talk)} (${currency})` : traitLabel(trait, talk)
}

/** How often which values come. */
export function spreadOf(found: TraitSurvey, talk: Talk): Bars {
  const title = said(talk, talk.t('survey.spread', { trait: labelOf(found.trait, talk) }))
  const value = said(talk, talk.t('survey.people'))
  const bar = (name: string, count: number) => ({ name: said(talk, name), value: count, low: null, high: null })
  if (found.bins.length) return { kind: 'bars', title, value, bars: found.bins.map((bin) => bar(stretch(bin, talk), bin.count)) }
  const bars = found.values.map((one) => bar(answer(found, one.value, talk), one.count))
  const rest = found.count - found.values.reduce((sum, one) => sum + one.count, 0)
  return { kind: 'bars', title, value, bars: rest > 0 ? [...bars, bar(talk.t('figures.rest'), rest)] : bars }
}

function answer(found: TraitSurvey, value: string, talk: Talk): string {
  return traitValue(found.trait, found.type === 'boolean' ? value === 'true' : value, talk)
}

type Bin = TraitSurvey['bins'][number]
const DAY = 86_400_000

/** From where to where, in as few words as say it: a number, a day, a month or a year where it is just one. */
function stretch({ from, to }: Bin, talk: Talk): string {
  if (typeof from === 'number' && typeof to === 'number') {
    return from === to ? talk.format.figure(from) : `${talk.format.figure(from)} – ${talk.format.figure(to)}`
  }
  const days = (Date.parse(String(to)) - Date.parse(String(from))) / DAY
  const shape: Intl.DateTimeFormatOptions =
    days < 2 ? { dateStyle: 'medium' } : days < 32 ? { year: 'numeric', month: 'short' } : { year: 'numeric' }
  return new Intl.DateTimeFormat(talk.locale, { ...shape, timeZone: 'UTC' }).format(new Date(String(from)))
}

/** The facts about a trait in the order in which they are read: word and value. */
export function factsOf(found: TraitSurvey, talk: Talk): [string, string][] {
  const value = (of: number | string | null) => {
    if (of === null) return '–'
    if (typeof of === 'string') return talk.format.dateTime(of)
    const currency = currencyOf(found.trait)
    return currency ? talk.format.money(of, currency) : talk.format.figure(of)
  }
  const line = (key: string, of: number | string | null): [string, string] => [talk.t(`survey.fact.${key}`), value(of)]
  const counted = (key: string, of: number): [string, string] => [talk.t(`survey.fact.${key}`), talk.format.number(of)]
  const { numbers, times } = found
  const head = [counted('count', found.count), counted('missing', found.missing)]
  if (found.other > 0) head.push(counted('other', found.other))
  head.push(counted('different', found.different))
  if (numbers) {
    head.push(
      line('mean', numbers.mean), line('median', numbers.median), line('least', numbers.least), line('lowerQuartile', numbers.lowerQuartile),
      line('upperQuartile', numbers.upperQuartile), line('most', numbers.most), line('deviation', numbers.deviation),
      [talk.t('survey.fact.variance'), numbers.variance === null ? '–' : talk.format.figure(numbers.variance)],
    )
  }
  if (times) {
    for (const key of ['least', 'lowerQuartile', 'median', 'upperQuartile', 'most'] as const) head.push(line(key, times[key]))
  }
  return head
}

/** Two traits: people as points, and the mean of the second along the first. */
export function pairOf(found: TraitRelations, talk: Talk): Plot[] {
  const [first = '', second = ''] = found.traits
  const names = { x: labelOf(first, talk), y: labelOf(second, talk) }
  const [x, y] = [said(talk, names.x), said(talk, names.y)]
  const people = { name: said(talk, talk.t('survey.people')), x: found.points.map((at) => at[0] ?? null), y: found.points.map((at) => at[1] ?? null) }
  const means = { name: said(talk, talk.t('survey.mean')), x: found.means.map((one) => (one.from + one.to) / 2), y: found.means.map((one) => one.mean) }
  return [
    { kind: 'plot', title: said(talk, talk.t('survey.points', names)), x, y, mark: 'point', series: [people] },
    { kind: 'plot', title: said(talk, talk.t('survey.means', names)), x, y, mark: 'line', series: [means] },
  ]
}

/** Any of the grids, as a heat map. */
export function gridOf(found: TraitRelations, which: 'correlation' | 'covariance' | 'counts', talk: Talk): Grid {
  const names = found.traits.map((trait) => said(talk, labelOf(trait, talk)))
  return { kind: 'grid', title: said(talk, talk.t(`survey.grid.${which}`)), rows: names, columns: names, values: found[which] }
}
