import type { Trait } from '@/api/types'
import { isInstant } from './format'
import { keyOf, readable, type Talk } from './talk'

type Value = Trait['value']

const MONEY = /^(.+)_([A-Z]{3})$/

export function currencyOf(key: string): string | null {
  return MONEY.exec(key)?.[2] ?? null
}

export function traitLabel(key: string, { t, te }: Talk): string {
  const word = `language.trait.${keyOf(MONEY.exec(key)?.[1] ?? key)}`
  return te(word) ? t(word) : readable(MONEY.exec(key)?.[1] ?? key)
}

export function traitValue(key: string, value: Value, talk: Talk, currency = currencyOf(key)): string {
  const { t, format } = talk
  if (value === null) return t('language.value.none')
  if (typeof value === 'boolean') return t(value ? 'language.value.yes' : 'language.value.no')
  if (typeof value === 'number') return currency ? format.money(value, currency) : format.number(value)
  return isInstant(value) ? format.dateTime(value) : value
}
