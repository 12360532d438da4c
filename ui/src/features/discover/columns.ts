import type { FactSet, SegmentWord } from '@/api/types'

/** In the order in which an owner looks for them. */
export const SETS: FactSet[] = ['person', 'buying', 'time', 'doing', 'own', 'learnt']

export type ColumnType = 'number' | 'instant' | 'text'

/** Above this more columns say less: everybody is far from everybody. */
const MOST = 6

export function chosenIn(written: string): string[] {
  return written.split(',').map((key) => key.trim()).filter(Boolean)
}

/** What can be chosen, by what it is about; a comma in a name would cut it in two. */
export function setsOf(traits: SegmentWord[], type: ColumnType): { set: FactSet; traits: SegmentWord[] }[] {
  const fitting = traits.filter((one) => one.type === type && !one.key.includes(','))
  return SETS.map((set) => ({ set, traits: fitting.filter((one) => one.set === set) })).filter((one) => one.traits.length > 0)
}

/** Who many people are told more by than by anything they did: age, income and the like. Else what and how often they buy. */
export function suggested(traits: SegmentWord[], type: ColumnType): string[] {
  const most = Math.max(0, ...traits.map((one) => one.known))
  const usual = traits.filter((one) => one.type === type && 2 * one.known > most && !isName(one.key))
  if (type === 'instant') return usual.filter((one) => one.key === 'last_order').map((one) => one.key)
  if (type === 'text') return []
  const told = usual.filter((one) => one.set === 'person')
  const bought = usual.filter((one) => one.key === 'orders' || /^spent_[A-Z]{3}$/.test(one.key))
  const found = told.length > 1 ? told : [...told, ...bought]
  return found.toSorted((a, b) => b.known - a.known || a.key.localeCompare(b.key)).slice(0, MOST).map((one) => one.key)
}

/** Numbers that name somebody and measure nothing. */
function isName(key: string): boolean {
  return /(^|_)(id|no|nr|number|code|zip|plz|phone)$/i.test(key) || /(Id|No|Number|Code)$/.test(key)
}
