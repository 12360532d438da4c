import type { Decision, Event, Text } from '@/api/types'
import { textIn } from '@/language/i18n'

/**
 * What sentences about one person may name: whose they are, the segments, campaigns and events known by id,
 * and the decisions that started campaigns, newest first.
 */
export interface Known {
  person: string
  segments: Map<string, Text>
  campaigns: Map<string, Text>
  events: Map<string, Event>
  starts: Decision[]
}

export function named(names: Map<string, Text>, id: string, locale: string): string {
  const text = names.get(id)
  return text ? textIn(locale, text) : id
}
