import type { Condition, Verdict } from '@/api/types'
import { purposeWord, stepWord } from '@/language/events'
import { keyOf, readable, type Talk } from '@/language/talk'
import { CHANCE, EVER, traitLabel, traitValue } from '@/language/traits'
import { named, type Known } from './known'

type Side = 'is' | 'isNot'

/** What a condition asks for, or its opposite, as one sentence. */
export function conditionSentence(condition: Condition, known: Known, talk: Talk, side: Side = 'is'): string {
  const { t, format } = talk
  const say = (key: string, values: Record<string, unknown> = {}, plural?: number) =>
    t(`decisions.condition.${key}.${side}`, values, plural)

  if ('all' in condition) return say(condition.all.length ? 'all' : 'nothing')
  if ('any' in condition) return say(condition.any.length ? 'any' : 'never')
  if ('not' in condition) return conditionSentence(condition.not, known, talk, side === 'is' ? 'isNot' : 'is')
  if ('did' in condition) {
    const values = { what: eventNoun(condition.did, condition.atLeast, talk), none: nounOfNone(condition.did, talk), n: condition.atLeast, within: format.duration(condition.within) }
    const sentence = condition.atLeast === 1 ? say('didOnce', values) : say('did', values)
    const { where } = condition
    return where ? t(`decisions.where.${where.match}`, { sentence, property: propertyWord(where.property, talk), value: where.value }) : sentence
  }
  if ('trait' in condition && condition.trait.startsWith('tag:')) {
    return say('tag', { tag: condition.trait.slice(4) })
  }
  if ('trait' in condition && asksWhetherKnown(condition)) return say('known', { trait: traitLabel(condition.trait, talk) })
  if ('trait' in condition) {
    const values = { trait: traitLabel(condition.trait, talk), value: traitValue(condition.trait, typed(condition), talk) }
    return say(`trait.${condition.comparison}`, values)
  }
  if ('recent' in condition) {
    return say('recent', { trait: traitLabel(condition.recent, talk), within: format.duration(condition.within) })
  }
  if ('consented' in condition) return say('consented', { purpose: purposeWord(condition.consented, talk) })
  if ('inSegment' in condition) return say('inSegment', { segment: named(known.segments, condition.inSegment, talk.locale) })
  if ('responded' in condition) {
    return say('responded', { what: eventNoun(condition.responded, 1, talk), none: nounOfNone(condition.responded, talk), step: stepWord(condition.step, talk) })
  }
  if ('enteredBefore' in condition) {
    const campaign = named(known.campaigns, condition.enteredBefore, talk.locale)
    return condition.within
      ? say('enteredWithin', { campaign, within: format.duration(condition.within) })
      : say('enteredBefore', { campaign })
  }
  return say('fresh', { within: format.duration(condition.fresh) })
}

/** What an event says of itself, in the middle of a sentence: the page. */
export function propertyWord(property: string, { t, te }: Talk): string {
  const key = `decisions.property.${keyOf(property)}`
  return te(key) ? t(key) : t('decisions.property.other', { property: readable(property) })
}

/** The values a condition was decided by, or an empty text where there were none to see. */
export function sawSentence(verdict: Verdict, talk: Talk): string {
  const { t, format } = talk
  const { condition, saw } = verdict
  if ('did' in condition && saw.count !== undefined) {
    return saw.newest
      ? t('decisions.saw.countNewest', { n: saw.count, newest: format.dateTime(saw.newest) })
      : t('decisions.saw.count', { n: saw.count })
  }
  const trait = 'trait' in condition ? condition.trait : 'recent' in condition ? condition.recent : null
  if (trait !== null) {
    return saw.value === undefined
      ? t('decisions.saw.unknown')
      : t('decisions.saw.value', { value: traitValue(trait, saw.value, talk) })
  }
  if ('enteredBefore' in condition) {
    return saw.lastEntered ? t('decisions.saw.entered', { time: format.dateTime(saw.lastEntered) }) : t('decisions.saw.neverEntered')
  }
  if ('fresh' in condition && saw.age) return t('decisions.saw.age', { age: format.duration(saw.age) })
  return ''
}

/** The facts that decided, each a sentence that is true: of a failed "at least 1 order", that there was none. */
export function decidingFacts(verdict: Verdict, known: Known, talk: Talk): string[] {
  return deciding(verdict).map((leaf) => conditionSentence(leaf.condition, known, talk, leaf.holds ? 'is' : 'isNot'))
}

function deciding(verdict: Verdict): Verdict[] {
  const { condition, holds, parts } = verdict
  if (parts.length === 0) return [verdict]
  if ('not' in condition) return parts.flatMap(deciding)
  return parts.filter((part) => part.holds === holds).flatMap(deciding)
}

/** One line of the tree that people see: "not" before a single part is folded into it. */
export interface Line {
  verdict: Verdict
  sentence: string
  holds: boolean
  saw: string
  parts: Line[]
}

export function lines(verdict: Verdict, known: Known, talk: Talk, side: Side = 'is'): Line {
  const inner = verdict.parts[0]
  if ('not' in verdict.condition && inner) return lines(inner, known, talk, side === 'is' ? 'isNot' : 'is')
  return {
    verdict,
    sentence: conditionSentence(verdict.condition, known, talk, side),
    holds: side === 'is' ? verdict.holds : !verdict.holds,
    saw: sawSentence(verdict, talk),
    parts: verdict.parts.map((part) => lines(part, known, talk)),
  }
}

/** What every value there can be is at least: only who has none is below it. */
function asksWhetherKnown({ trait, comparison, value, type }: Extract<Condition, { trait: string }>): boolean {
  if (comparison !== 'atLeast') return false
  if (type === 'text') return value === ''
  if (type === 'instant') return value === EVER
  return type === 'number' && CHANCE.test(trait) && Number(value) === 0
}

/** Numbers are texts in a condition. */
function typed(condition: Extract<Condition, { trait: string }>): string | number | boolean {
  return condition.type === 'number' ? Number(condition.value) : condition.value
}

/** "orders", as in "no orders". */
function nounOfNone(type: string, talk: Talk): string {
  return eventNoun(type, 0, talk).replace(/^0 /, '')
}

export function eventNoun(type: string, n: number, { t, te }: Talk): string {
  const key = `decisions.noun.${keyOf(type)}`
  return te(key) ? t(key, { n }, n) : t('decisions.noun.other', { type, n }, n)
}
