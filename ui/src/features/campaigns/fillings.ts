import type { MailWords } from '@/api/types'
import { keyOf, type Talk } from '@/language/talk'

const FIELDS = ['first_name', 'last_name', 'name', 'city', 'shop', 'link', 'offer', 'gift', 'total', 'currency', 'days', 'orders', 'quiet', 'again']

/**
 * What a mail fills in is stored as {{first_name}}{{^first_name}}customer{{/first_name}} and written by people as
 * [first name | customer]. Each way leads back to what it came from, letter by letter, or typing would jump; what is
 * none of these shapes stays as it is.
 */
export function fillings(talk: Talk) {
  const word = (field: string) => talk.t(`campaigns.words.field.${keyOf(field)}`)
  const byWord = new Map(FIELDS.map((field) => [word(field), field]))
  const when = talk.t('campaigns.words.when')
  const shape = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const names = [...byWord.keys()].map(shape).join('|')
  const fields = FIELDS.join('|')
  const fieldOf = (name: string) => byWord.get(name) ?? name

  const shown = (stored: string) =>
    stored
      .replace(new RegExp(`{{(${fields})}}{{\\^\\1}}([^{}\\[\\]]*){{/\\1}}`, 'g'), (_, field: string, other: string) => `[${word(field)} | ${other}]`)
      .replace(new RegExp(`{{(${fields})}}`, 'g'), (_, field: string) => `[${word(field)}]`)
      .replace(new RegExp(`{{#(${fields})}}([^{}]*){{/\\1}}`, 'g'), (_, field: string, part: string) => `[${when}${word(field)}: ${part}]`)
  const stored = (written: string) =>
    written
      .replace(new RegExp(`\\[(${names}) \\| ([^{}\\[\\]]*)\\]`, 'g'), (_, name: string, other: string) => `{{${fieldOf(name)}}}{{^${fieldOf(name)}}}${other}{{/${fieldOf(name)}}}`)
      .replace(new RegExp(`\\[(${names})\\]`, 'g'), (_, name: string) => `{{${fieldOf(name)}}}`)
      .replace(new RegExp(`\\[${shape(when)}(${names}): ([^\\[\\]]*)\\]`, 'g'), (_, name: string, part: string) => `{{#${fieldOf(name)}}}${part}{{/${fieldOf(name)}}}`)
  return { shown: (words: MailWords) => each(words, shown), stored: (words: MailWords) => each(words, stored), shownText: shown, storedText: stored }
}

function each(words: MailWords, change: (text: string) => string): MailWords {
  const blocks = words.blocks.map((block) => Object.fromEntries(Object.entries(block).map(([part, text]) => [part, change(text)])))
  return { subject: change(words.subject), blocks: blocks as MailWords['blocks'] }
}
