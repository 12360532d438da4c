import type { Trait } from '@/api/types'
import { isInstant } from './format'
import { textIn } from './i18n'
import { ownFields } from './ownFields'
import { keyOf, readable, type Talk } from './talk'

type Value = Trait['value']

const MONEY = /^(.+)_([A-Z]{3})$/

/** How often somebody did something, in all or lately, and when last: times_30d:search. */
const HABIT = /^(times|last)(?:_(\d+)d)?:(.+)$/

/** The part of what somebody bought that was of a category: share:Tea. */
const SHARE = 'share:'

/** The account, address or number by which somebody was last called: identifier:userId. */
const IDENTIFIER = 'identifier:'

/** A number from 0 to 1 that says how likely something is. */
export const CHANCE = /^(p_|churn_risk$)/

/** Traits whose values are codes that every language has words for. */
const NAMED: Record<string, 'language' | 'region'> = { language: 'language', country: 'region' }

/** A tag is a trait of this beginning that is true. */
export const TAG = 'tag:'

/** Whether the fact follows from what a person does; the portrait shows a habit once, with its windows as the reason. */
export function isHabit(key: string): boolean {
  return HABIT.test(key)
}

export function isShown(key: string): boolean {
  return (!isHabit(key) && !key.startsWith(SHARE)) || key.startsWith('times:')
}

/** Traits that are one of a few words; the words in each language are under language.choice. */
export const CHOICES: Record<string, string[]> = {
  gender: ['female', 'male', 'other'],
  education: ['school', 'vocational', 'bachelor', 'master', 'doctorate'],
  income_level: ['low', 'medium', 'high'],
  rfm_group: ['high-value', 'loyal', 'potential', 'new', 'at-risk', 'lapsed'],
}

export function choiceWord(key: string, value: string, { t, te }: Talk): string {
  const word = `language.choice.${key}.${keyOf(value)}`
  return key in CHOICES && te(word) ? t(word) : value
}

export function currencyOf(key: string): string | null {
  return ownFields.value.get(key)?.currency ?? MONEY.exec(key)?.[2] ?? null
}

/** Every date that is known is at least this one. */
export const EVER = '1970-01-01T00:00:00Z'

export function traitLabel(key: string, { t, te, locale }: Talk): string {
  if (key.startsWith(TAG)) return key.slice(TAG.length)
  const own = ownFields.value.get(key)
  if (own) return textIn(locale, own.name)
  if (key.startsWith(SHARE)) return t('language.share', { category: key.slice(SHARE.length) })
  if (key.startsWith(IDENTIFIER)) return t(`language.identifier.${key.slice(IDENTIFIER.length)}`)
  const habit = HABIT.exec(key)
  if (habit) {
    const [, what, days, event = ''] = habit
    const did = `language.did.${keyOf(event)}`
    return t(`language.habit.${what}${days ? '_days' : ''}`, { what: te(did) ? t(did) : readable(event), days })
  }
  const word = `language.trait.${keyOf(MONEY.exec(key)?.[1] ?? key)}`
  return te(word) ? t(word) : readable(MONEY.exec(key)?.[1] ?? key)
}

export function traitValue(key: string, value: Value, talk: Talk, currency = currencyOf(key)): string {
  const { t, format } = talk
  if (value === null) return t('language.value.none')
  if (typeof value === 'boolean') return t(value ? 'language.value.yes' : 'language.value.no')
  if (key === 'preferred_hour') return format.hour(Number(value))
  if (typeof value === 'number' && (CHANCE.test(key) || key.startsWith(SHARE)) && value >= 0 && value <= 1) return format.percent(value)
  if (typeof value === 'number') return currency ? format.money(value, currency) : format.figure(value)
  if (isInstant(value)) return format.dateTime(value)
  const named = NAMED[key]
  if (named) return format.name(value, named)
  return choiceWord(key, value, talk)
}
