import type { Event, Text } from '@/api/types'
import { textIn } from '@/language/i18n'

/** What sentences about one person may name: whose they are, and the segments, campaigns and events known by id. */
export interface Known {
  person: string
  segments: Map<string, Text>
  campaigns: Map<string, Text>
  events: Map<string, Event>
}

export function named(names: Map<string, Text>, id: string, locale: string): string {
  const text = names.get(id)
  return text ? textIn(locale, text) : id
}
