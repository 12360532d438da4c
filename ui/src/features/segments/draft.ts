import type { Condition, Where } from '@/api/types'
import { secondsOf } from '@/language/format'
import { EVER, TAG } from '@/language/traits'

/** How the parts of a group belong together; "none" and "notAll" are the opposites of "any" and "all". */
export type Mode = 'all' | 'any' | 'none' | 'notAll'

export interface Group {
  key: number
  mode: Mode
  parts: Part[]
}

export interface Line {
  key: number
  /** What is asked about, such as event:order, trait:city, tag:VIP or segment:regulars. */
  field: string
  type: Kind
  relation: string
  count: number
  days: number
  /** What an event has to say of itself to count; empty when it may say anything. */
  property: string
  match: Match
  value: string
}

export type Part = Group | Line
export type Match = Where['match']
export type Kind = 'event' | 'number' | 'text' | 'boolean' | 'instant' | 'tag' | 'segment'

export const RELATIONS: Record<Kind, string[]> = {
  event: ['atLeast', 'fewer'],
  number: ['atLeast', 'less', 'equal', 'unequal'],
  text: ['equal', 'unequal', 'known', 'unknown'],
  boolean: ['yes', 'no'],
  instant: ['recent', 'older', 'from', 'before'],
  tag: ['has', 'hasNot'],
  segment: ['in', 'notIn'],
}

export const MATCHES: Match[] = ['is', 'contains', 'startsWith']

const DAY = 86_400

let keys = 0

export function isGroup(part: Part): part is Group {
  return 'parts' in part
}

export function group(mode: Mode = 'all', parts: Part[] = []): Group {
  return { key: keys++, mode, parts }
}

export function line(field: string, type: Kind, change: Partial<Line> = {}): Line {
  return { key: keys++, field, type, relation: RELATIONS[type][0] ?? '', count: 1, days: 30, property: '', match: 'is', value: '', ...change }
}

/** The name behind the kind of a field: the order of event:order. */
export function nameOf(field: string): string {
  return field.slice(field.indexOf(':') + 1)
}

/** The group that stands for a condition; one line alone stands in a group of its own. */
export function draftOf(condition: Condition): Group {
  const part = partOf(condition)
  return isGroup(part) ? part : group('all', [part])
}

function partOf(condition: Condition, opposite = false): Part {
  const known = older(condition)
  if (known && !opposite) return known
  if ('all' in condition) return group(opposite ? 'notAll' : 'all', condition.all.map((part) => partOf(part)))
  if ('any' in condition) return group(opposite ? 'none' : 'any', condition.any.map((part) => partOf(part)))
  if ('not' in condition) return opposite ? partOf(condition.not) : partOf(condition.not, true)
  if ('did' in condition) {
    return line(`event:${condition.did}`, 'event', {
      relation: opposite ? 'fewer' : 'atLeast',
      count: condition.atLeast,
      days: daysOf(condition.within),
      ...condition.where,
    })
  }
  if ('inSegment' in condition) return line(`segment:${condition.inSegment}`, 'segment', { relation: opposite ? 'notIn' : 'in' })
  if ('recent' in condition) {
    const recent = line(`trait:${condition.recent}`, 'instant', { relation: 'recent', days: daysOf(condition.within) })
    return opposite ? group('none', [recent]) : recent
  }
  if ('trait' in condition) {
    const compared = traitLine(condition, opposite)
    if (compared) return compared
    const plain = traitLine(condition, false)
    if (plain) return group('none', [plain])
  }
  throw new Error(`a segment does not ask this: ${JSON.stringify(condition)}`)
}

function traitLine(condition: Extract<Condition, { trait: string }>, opposite: boolean): Line | null {
  const { trait, comparison, type } = condition
  const value = String(condition.value)
  const at = (kind: Kind, relation: string) => line(`trait:${trait}`, kind, { relation, value })
  if (type === 'boolean' && trait.startsWith(TAG) && value === 'true') return line(trait, 'tag', { relation: opposite ? 'hasNot' : 'has' })
  if (type === 'boolean') return comparison === 'equal' && !opposite ? at('boolean', value === 'true' ? 'yes' : 'no') : null
  if (type === 'number') {
    if (comparison === 'equal') return at('number', opposite ? 'unequal' : 'equal')
    return opposite ? null : at('number', comparison)
  }
  if (type === 'instant') {
    if (opposite || comparison === 'equal') return null
    return line(`trait:${trait}`, 'instant', { relation: comparison === 'less' ? 'before' : 'from', value: value.slice(0, 10) })
  }
  if (comparison === 'equal') return at('text', opposite ? 'unequal' : 'equal')
  return comparison === 'atLeast' && value === '' ? at('text', opposite ? 'unknown' : 'known') : null
}

/** "Longer ago than": the date is known, and not recent. */
export function older(condition: Condition): Line | null {
  if (!('all' in condition) || condition.all.length !== 2) return null
  const [known, past] = condition.all
  if (!known || !past || !('trait' in known) || known.value !== EVER || known.comparison !== 'atLeast') return null
  if (!('not' in past) || !('recent' in past.not) || past.not.recent !== known.trait) return null
  return line(`trait:${known.trait}`, 'instant', { relation: 'older', days: daysOf(past.not.within) })
}

function daysOf(duration: string): number {
  return Math.max(1, Math.round((secondsOf(duration) ?? DAY) / DAY))
}

export function conditionOf(part: Part): Condition {
  if (isGroup(part)) {
    const parts = part.parts.map(conditionOf)
    switch (part.mode) {
      case 'all':
        return { all: parts }
      case 'any':
        return { any: parts }
      case 'none':
        return { not: { any: parts } }
      case 'notAll':
        return { not: { all: parts } }
    }
  }
  const name = nameOf(part.field)
  const within = `P${part.days}D`
  const compared = (comparison: 'equal' | 'less' | 'atLeast', type: 'text' | 'number' | 'boolean' | 'instant', value: string | boolean): Condition => ({
    trait: part.type === 'tag' ? part.field : name,
    comparison,
    value,
    type,
  })
  const did = (): Condition => {
    const where = part.property ? { where: { property: part.property, match: part.match, value: part.value.trim() } } : {}
    return { did: name, ...where, atLeast: part.count, within }
  }
  const day = () => `${part.value}T00:00:00Z`
  switch (`${part.type}.${part.relation}`) {
    case 'event.atLeast':
      return did()
    case 'event.fewer':
      return { not: did() }
    case 'segment.in':
      return { inSegment: name }
    case 'segment.notIn':
      return { not: { inSegment: name } }
    case 'tag.has':
      return compared('equal', 'boolean', true)
    case 'tag.hasNot':
      return { not: compared('equal', 'boolean', true) }
    case 'boolean.yes':
      return compared('equal', 'boolean', true)
    case 'boolean.no':
      return compared('equal', 'boolean', false)
    case 'number.unequal':
      return { not: compared('equal', 'number', part.value) }
    case 'number.less':
      return compared('less', 'number', part.value)
    case 'number.equal':
      return compared('equal', 'number', part.value)
    case 'number.atLeast':
      return compared('atLeast', 'number', part.value)
    case 'text.unequal':
      return { not: compared('equal', 'text', part.value) }
    case 'text.known':
      return compared('atLeast', 'text', '')
    case 'text.unknown':
      return { not: compared('atLeast', 'text', '') }
    case 'instant.recent':
      return { recent: name, within }
    case 'instant.older':
      return { all: [compared('atLeast', 'instant', EVER), { not: { recent: name, within } }] }
    case 'instant.from':
      return compared('atLeast', 'instant', day())
    case 'instant.before':
      return compared('less', 'instant', day())
    default:
      return compared('equal', 'text', part.value)
  }
}

/** Whether every line has what it needs to be asked. */
export function isWhole(part: Part): boolean {
  if (isGroup(part)) return part.parts.every(isWhole)
  if (!nameOf(part.field)) return false
  switch (part.type) {
    case 'event':
      return within(part.count, 1, 64) && within(part.days, 1, 36_500) && (!part.property || within(part.value.trim().length, 1, 200))
    case 'number':
      return part.value.trim() !== '' && Number.isFinite(Number(part.value))
    case 'text':
      return part.relation === 'known' || part.relation === 'unknown' || part.value.trim() !== ''
    case 'instant':
      return part.relation === 'recent' || part.relation === 'older' ? within(part.days, 1, 36_500) : /^\d{4}-\d\d-\d\d$/.test(part.value)
    case 'boolean':
    case 'tag':
    case 'segment':
      return true
  }
}

function within(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to
}

/** How many lines a person reads. */
export function lineCount(part: Part): number {
  return isGroup(part) ? part.parts.reduce((sum, one) => sum + lineCount(one), 0) : 1
}
