import type { Segment, SegmentWords } from '@/api/types'
import { textIn } from '@/language/i18n'
import { keyOf, readable, type Talk } from '@/language/talk'
import { currencyOf, isHabit, TAG, traitLabel } from '@/language/traits'
import { line, nameOf, RELATIONS, type Kind, type Line } from './draft'

export interface Field {
  field: string
  type: Kind
  label: string
}

export interface FieldGroup {
  label: string
  fields: Field[]
}

/** Known about people or not yet: these can always be asked for. */
const USUAL: [string, Kind][] = [
  ['age', 'number'],
  ['gender', 'text'],
  ['city', 'text'],
  ['country', 'text'],
  ['occupation', 'text'],
  ['education', 'text'],
  ['income_level', 'text'],
  ['orders', 'number'],
  ['first_order', 'instant'],
  ['last_order', 'instant'],
  ['first_seen', 'instant'],
  ['last_seen', 'instant'],
  ['favourite_category', 'text'],
  ['favourite_brand', 'text'],
  ['preferred_hour', 'number'],
  ['identifier:userId', 'text'],
  ['times_30d:page_view', 'number'],
  ['last:page_view', 'instant'],
  ['last:product_view', 'instant'],
  ['last:search', 'instant'],
  ['last:add_to_cart', 'instant'],
]

/** What a line can ask about, in the words of the page: what people did, what is known of them, tags and segments. */
export function fieldGroups(words: SegmentWords, segments: Segment[], without: string | null, talk: Talk): FieldGroup[] {
  const { t } = talk
  const known = new Map<string, Kind>(USUAL)
  for (const trait of words.traits) if (!trait.key.startsWith(TAG)) known.set(trait.key, trait.type)
  const tags = words.traits.filter((trait) => trait.key.startsWith(TAG))
  const sorted = (fields: Field[]) => fields.toSorted((a, b) => a.label.localeCompare(b.label, talk.locale))
  return [
    { label: t('segments.field.events'), fields: sorted(words.events.map((event) => field(`event:${event}`, 'event', talk))) },
    { label: t('segments.field.traits'), fields: sorted(asked(known, false, talk)) },
    { label: t('segments.field.habits'), fields: sorted(asked(known, true, talk)) },
    { label: t('segments.field.tags'), fields: sorted(tags.map((tag) => field(tag.key, 'tag', talk))) },
    {
      label: t('segments.field.segments'),
      fields: sorted(
        segments
          .filter((segment) => segment.id !== without)
          .map((segment) => ({ field: `segment:${segment.id}`, type: 'segment', label: textIn(talk.locale, segment.name) })),
      ),
    },
  ].filter((group) => group.fields.length > 0)
}

function asked(known: Map<string, Kind>, habits: boolean, talk: Talk): Field[] {
  return [...known].filter(([key]) => isHabit(key) === habits).map(([key, type]) => field(`trait:${key}`, type, talk))
}

function field(name: string, type: Kind, talk: Talk): Field {
  return { field: name, type, label: fieldLabel(name, talk) }
}

/** What a field is called where nothing else is known of it. */
export function fieldLabel(name: string, talk: Talk): string {
  const { t, te } = talk
  const key = nameOf(name)
  if (name.startsWith('event:')) {
    const word = `segments.event.${keyOf(key)}`
    return te(word) ? t(word) : readable(key)
  }
  if (name.startsWith('trait:')) {
    const word = `segments.trait.${key}`
    if (te(word)) return t(word)
    const currency = currencyOf(key)
    return currency ? t('segments.field.money', { trait: traitLabel(key, talk), currency }) : traitLabel(key, talk)
  }
  return key
}

/** The same line about something else: what still fits is kept. */
export function aboutOther(old: Line, field: string, type: Kind): Line {
  if (old.type === type) return { ...old, field, property: '', value: type === 'number' ? old.value : '' }
  return { ...line(field, type), key: old.key, relation: RELATIONS[type][0] ?? '' }
}
