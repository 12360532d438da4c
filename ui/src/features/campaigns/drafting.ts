import type { Answers, Campaign, CampaignChange, MailWords } from '@/api/types'
import { LOCALES } from '@/language/i18n'

/** What the owner edits: all of it at hand as plain values, texts of both languages beside each other. */
export interface Draft {
  name: Record<string, string>
  answers: Answers
  mails: Record<string, Record<string, MailWords>>
}

/** A copy of plain values; what a page watches is no plain value and cannot be cloned as it is. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

/** Whether two drafts say the same, in whatever order their fields have come. */
export function isSame(one: Draft, other: Draft): boolean {
  return ordered(one) === ordered(other)
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}

export function draftOf(campaign: Campaign): Draft {
  return copy({
    name: { ...campaign.name },
    answers: { ...campaign.answers },
    mails: Object.fromEntries(campaign.mails.map((mail) => [mail.id, { ...mail.languages }])),
  })
}

/** The change that makes a draft of the stored one; a language without any word is left out. */
export function changeOf(draft: Draft): CampaignChange {
  const name = Object.fromEntries(Object.entries(draft.name).filter(([, text]) => text.trim()))
  const mails = Object.fromEntries(
    Object.entries(draft.mails).map(([id, languages]) => [id, Object.fromEntries(Object.entries(languages).filter(([, words]) => !isBlank(words)))]),
  )
  return { name, answers: draft.answers, mails }
}

function isBlank(words: MailWords): boolean {
  return !words.subject.trim() && words.blocks.every((block) => !`${block.paragraph ?? ''}${block.button ?? ''}`.trim())
}

/** Words to begin with in a language that has none yet: as many blocks as the other has. */
export function begun(languages: Record<string, MailWords>, locale: string): MailWords {
  const other = LOCALES.map((tag) => languages[tag]).find((words) => words !== undefined)
  return languages[locale] ?? { subject: '', blocks: (other?.blocks ?? [{}]).map((block) => ('button' in block ? { button: '', url: block.url } : { paragraph: '' })) }
}
