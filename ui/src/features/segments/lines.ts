import type { Condition } from '@/api/types'
import { conditionSentence } from '@/features/decisions/conditions'
import type { Known } from '@/features/decisions/known'
import type { Talk } from '@/language/talk'
import { traitLabel } from '@/language/traits'
import { nameOf, older } from './draft'

/** The lines of a condition as the server counts them: the parts of its outermost group. */
export function linesOf(condition: Condition): { mode: 'all' | 'any' | 'none' | 'notAll'; parts: Condition[] } {
  if ('all' in condition) return { mode: 'all', parts: condition.all }
  if ('any' in condition) return { mode: 'any', parts: condition.any }
  if ('not' in condition && 'all' in condition.not) return { mode: 'notAll', parts: condition.not.all }
  if ('not' in condition && 'any' in condition.not) return { mode: 'none', parts: condition.not.any }
  return { mode: 'all', parts: [condition] }
}

/** One line as one sentence, with what a group in it asks. */
export function lineSentence(condition: Condition, known: Known, talk: Talk, side: 'is' | 'isNot' = 'is'): string {
  const past = older(condition)
  if (past) {
    return talk.t(`segments.lines.older.${side}`, { trait: traitLabel(nameOf(past.field), talk), within: talk.format.duration(`P${past.days}D`) })
  }
  if ('not' in condition) return lineSentence(condition.not, known, talk, side === 'is' ? 'isNot' : 'is')
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  if (!parts.length) return conditionSentence(condition, known, talk, side)
  const joint = talk.t('all' in condition === (side === 'is') ? 'segments.group.and' : 'segments.group.or')
  return parts
    .map((part) => {
      const said = lineSentence(part, known, talk, side)
      return 'all' in part || 'any' in part ? talk.t('segments.lines.nested', { said }) : said
    })
    .join(` ${joint} `)
}
