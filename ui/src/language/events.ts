import type { Event, Trait } from '@/api/types'
import { isInstant } from './format'
import { keyOf, readable, type Talk } from './talk'
import { traitLabel, traitValue } from './traits'

/** What happened, in words: "Ordered A-17 for €42.50". */
export function eventSentence(event: Pick<Event, 'type' | 'properties'>, talk: Talk): string {
  const { t, te } = talk
  const properties = event.properties
  if (event.type === 'order') {
    const order = text(properties, 'orderId', 'order', 'order_id', 'number')
    const amount = money(properties, talk)
    return t(`language.event.order.${order ? 'named' : 'plain'}${amount ? 'Amount' : ''}`, { order, amount })
  }
  if (event.type === 'consent') {
    const given = properties.granted !== false
    return t(`language.event.consent.${given ? 'given' : 'withdrawn'}`, { purpose: purposeWord(text(properties, 'purpose'), talk) })
  }
  const key = `language.event.${keyOf(event.type)}`
  const named = text(properties, 'query', 'name', 'title', 'product')
  if (named && te(`${key}_named`)) return t(`${key}_named`, { name: named })
  const url = text(properties, 'url', 'link', 'target')
  if (url && te(`${key}_url`)) return t(`${key}_url`, { url: url.replace(/^https?:\/\//, '') })
  return te(key) ? t(key) : readable(event.type)
}

function text(properties: Event['properties'], ...names: string[]): string {
  for (const name of names) {
    const value = properties[name]
    if (typeof value === 'string' || typeof value === 'number') return String(value)
  }
  return ''
}

function money(properties: Event['properties'], { format }: Talk): string {
  const amount = Number(text(properties, 'total', 'amount') || NaN)
  const currency = text(properties, 'currency')
  if (Number.isNaN(amount)) return ''
  return /^[A-Z]{3}$/.test(currency) ? format.money(amount, currency) : format.number(amount)
}

export function propertyLabel(key: string, { t, te }: Talk): string {
  const word = [`language.property.${keyOf(key)}`, `language.trait.${keyOf(key)}`].find((one) => te(one))
  return word ? t(word) : readable(key)
}

/** Properties that name something of ours by an id, which says nothing to a person. */
const IDS = new Set(['model', 'message', 'entry', 'visitor', 'campaign'])

/** What stands behind an event, in words; sums of money in the currency that the event names. */
export function propertyRows({ type, properties }: Pick<Event, 'type' | 'properties'>, talk: Talk): { key: string; label: string; value: string }[] {
  const currency = typeof properties.currency === 'string' && /^[A-Z]{3}$/.test(properties.currency) ? properties.currency : ''
  const worded = wordedIn(type, talk)
  return Object.entries(properties)
    .filter(([key, value]) => !IDS.has(key) && !(Array.isArray(value) && !value.length) && !(key === 'currency' && currency))
    .map(([key, value]) => ({ key, label: propertyLabel(key, talk), value: worded(key, value) ?? propertyValue(value, talk, currency && SUMS.has(key) ? currency : '', currency) }))
}

function wordedIn(type: string, talk: Talk) {
  return (key: string, value: unknown): string | null => {
    if (typeof value !== 'string') return null
    if (key === 'purpose') return purposeWord(value, talk)
    if (key === 'source') return sourceWord(value, talk)
    if (key === 'step') return stepWord(value, talk)
    return type === 'traits' ? traitValue(key, value, talk) : null
  }
}

const SUMS = new Set(['total', 'amount', 'price'])

/** What a profiler said of a person: the value, and the facts behind it in each language. */
function isConclusion(value: unknown): value is { value: Trait['value'] } {
  return typeof value === 'object' && value !== null && 'value' in value && 'zh' in value
}

export function propertyValue(value: unknown, talk: Talk, money = '', currency = money): string {
  const { t, format } = talk
  if (money && value !== '' && Number.isFinite(Number(value ?? ''))) return format.money(Number(value), money)
  if (value === null || value === undefined) return t('language.value.none')
  if (typeof value === 'boolean') return t(value ? 'language.value.yes' : 'language.value.no')
  if (typeof value === 'number') return format.number(value)
  if (isInstant(value)) return format.dateTime(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((one) => propertyValue(one, talk, '', currency)).join('; ')
  return Object.entries(value as object)
    .map(([key, part]) =>
      isConclusion(part)
        ? `${traitLabel(key, talk)} ${traitValue(key, part.value, talk)}`
        : `${propertyLabel(key, talk)} ${propertyValue(part, talk, currency && SUMS.has(key) ? currency : '', currency)}`,
    )
    .join(', ')
}

/** Who told it; of `import:4f2a` and `profiler:groups` the kind is what people know. */
export function sourceWord(source: string, { t, te }: Talk): string {
  const key = `language.source.${keyOf(source.split(':')[0] ?? '')}`
  return te(key) ? t(key) : source
}

/** A step as people call it: "mail-2" of a recipe is the second mail. */
export function stepWord(step: string, { t, te }: Talk): string {
  const [name = '', n = ''] = step.split(/-(?=\d+$)/)
  const key = `language.step.${keyOf(name)}`
  return te(key) ? t(key, { n }) : readable(step)
}

export function identifierWord(kind: string, { t, te }: Talk): string {
  const key = `language.identifier.${keyOf(kind)}`
  return te(key) ? t(key) : kind
}

export function purposeWord(purpose: string, { t, te }: Talk): string {
  const key = `language.purpose.${keyOf(purpose)}`
  return te(key) ? t(key) : purpose
}
