import type { Trait } from '@/api/types'
import { ownFields } from '@/language/ownFields'
import { type Talk } from '@/language/talk'
import { traitValue } from '@/language/traits'
import { labelOf } from '../survey/survey'

/** A fact that a formula can ask for; a time is asked for its days. */
export interface Choice {
  key: string
  label: string
  isTime: boolean
}

const FIELD = /\[([^[\]]*)\]/g

/** Two facts of one name are told apart by their keys. */
export function choicesOf(traits: { key: string; type: string }[], talk: Talk): Choice[] {
  const named = traits.map(({ key, type }) => ({ key, label: labelOf(key, talk), isTime: type === 'instant' }))
  const twice = new Set(named.map((one) => one.label).filter((label, i, all) => all.indexOf(label) !== i))
  return named
    .map((one) => (twice.has(one.label) ? { ...one, label: `${one.label} (${one.key})` } : one))
    .toSorted((a, b) => a.label.localeCompare(b.label, talk.locale))
}

/** What an owner reads, as the server does: names become keys. Places in it lead back to places in what was written. */
export function toKeys(written: string, choices: Choice[]): { formula: string; place: (position: number) => number } {
  const keys = new Map(choices.map((one) => [one.label, one.key]))
  const places: { from: number; to: number; shift: number }[] = []
  let shift = 0
  const formula = written.replace(FIELD, (all, name: string, at: number) => {
    const put = `[${keys.get(name.trim()) ?? name}]`
    const from = at + shift
    shift += put.length - all.length
    places.push({ from, to: from + put.length, shift })
    return put
  })
  const place = (position: number) => {
    const inside = places.find((one) => position >= one.from && position < one.to)
    const before = places.findLast((one) => one.to <= position)
    return inside ? inside.from - (before?.shift ?? 0) : position - (before?.shift ?? 0)
  }
  return { formula, place }
}

/** A formula as an owner reads it. */
export function toLabels(formula: string, talk: Talk): string {
  return signs(formula, (key) => `[${labelOf(key, talk)}]`)
}

/** The evidence of a value: each fact with what it was. */
export function withValues(key: string, saw: { key: string; value: Trait['value'] }[], talk: Talk): string {
  const values = new Map(saw.map((one) => [one.key, one.value]))
  return signs(ownFields.value.get(key)?.formula ?? '', (fact) => `${labelOf(fact, talk)} ${traitValue(fact, values.get(fact) ?? null, talk)}`)
}

export function signs(formula: string, field: (key: string) => string): string {
  return formula
    .split(/(\[[^[\]]*\])/)
    .map((part) => (part.startsWith('[') ? field(part.slice(1, -1)) : part.replaceAll('*', '×').replaceAll('/', '÷')))
    .join('')
}
