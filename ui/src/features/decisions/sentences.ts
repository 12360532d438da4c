import type { Cause, Decision, Event, Gate, Profile } from '@/api/types'
import { textIn } from '@/language/i18n'
import { eventSentence, purposeWord, stepWord } from '@/language/events'
import { keyOf, readable, type Talk } from '@/language/talk'
import { decidingFacts } from './conditions'
import { named, type Known } from './known'

export type Tone = 'good' | 'bad' | 'wait' | 'calm'

export interface Told {
  tone: Tone
  headline: string
  because: string
}

/** One decision as an owner would say it: what became of it, and why. */
export function tell(decision: Decision, journeys: Profile['journeys'], known: Known, talk: Talk): Told {
  return { ...outcome(decision, journeys, known, talk), because: because(root(decision, known), known, talk) }
}

/** A step follows from the start of its journey: that is the reason people ask for. */
function root(decision: Decision, known: Known): Cause {
  if (decision.cause.kind !== 'step') return decision.cause
  const start = known.starts.find((one) => one.campaign === decision.campaign && one.at <= decision.at)
  return start?.cause ?? decision.cause
}

function outcome(decision: Decision, journeys: Profile['journeys'], known: Known, talk: Talk): Omit<Told, 'because'> {
  const { t, format } = talk
  const campaign = textIn(talk.locale, decision.campaignName)
  const step = decision.step ?? ''
  switch (decision.kind) {
    case 'start':
      return { tone: 'calm', headline: t('decisions.told.start', { campaign }) }
    case 'decline':
      return { tone: 'wait', headline: t('decisions.told.decline', { campaign, reason: reason(decision, known, talk) }) }
    case 'skip':
      return { tone: 'wait', headline: t('decisions.told.skip', { campaign, step: stepWord(step, talk), reason: reason(decision, known, talk) }) }
    case 'leave':
      return { tone: 'calm', headline: t('decisions.told.leave', { campaign, reason: reason(decision, known, talk) }) }
    case 'wait': {
      const journey = journeys.find((one) => one.campaign === decision.campaign && one.step === decision.step && one.wakeAt)
      return journey?.wakeAt
        ? { tone: 'wait', headline: t('decisions.told.waitUntil', { campaign, time: format.dateTime(journey.wakeAt) }) }
        : { tone: 'calm', headline: t('decisions.told.waited', { campaign }) }
    }
    case 'send':
      return sent(decision, campaign, talk)
  }
}

function sent({ message }: Decision, campaign: string, talk: Talk): Omit<Told, 'because'> {
  const { t } = talk
  if (!message) return { tone: 'wait', headline: t('decisions.told.queued', { campaign }) }
  switch (message.state) {
    case 'sent':
      return { tone: 'good', headline: t('decisions.told.sent', { campaign }) }
    case 'queued':
      return (message.reason?.startsWith('channel-') || message.reason === 'wave-held')
        ? { tone: 'wait', headline: t('decisions.told.waiting', { campaign, reason: reasonWord(message.reason, talk) }) }
        : { tone: 'wait', headline: t('decisions.told.queued', { campaign }) }
    case 'claimed':
    case 'inflight':
      return { tone: 'wait', headline: t('decisions.told.queued', { campaign }) }
    case 'uncertain':
      return { tone: 'wait', headline: t('decisions.told.uncertain', { campaign }) }
    case 'held':
    case 'refused': {
      const closed = message.gates.find((gate) => !gate.passed)
      const why = closed ? gateFact(closed, talk) : reasonWord(message.reason, talk)
      return { tone: 'bad', headline: t(`decisions.told.${message.state}`, { campaign, reason: why }) }
    }
  }
}

function reason(decision: Decision, known: Known, talk: Talk): string {
  if (decision.reason) return reasonWord(decision.reason, talk)
  const facts = decision.verdict ? decidingFacts(decision.verdict, known, talk) : []
  return facts.length ? talk.format.list(facts.slice(0, 2)) : talk.t('decisions.told.noReason')
}

function reasonWord(code: string | null, { t, te }: Talk): string {
  if (!code) return t('decisions.told.noReason')
  const key = `decisions.reason.${keyOf(code)}`
  return te(key) ? t(key) : code
}

export function because(cause: Cause, known: Known, talk: Talk): string {
  const { t, locale } = talk
  const event = cause.event ? known.events.get(cause.event) : undefined
  const happened = event ? inside(eventSentence(event, talk), talk) : ''
  const values = { person: known.person, event: happened }
  switch (cause.kind) {
    case 'segmentEntered':
    case 'segmentLeft': {
      const segment = named(known.segments, cause.subject, locale)
      return t(`decisions.because.${cause.kind}${happened ? 'By' : ''}`, { ...values, segment })
    }
    case 'event':
      return happened ? t('decisions.because.event', values) : t('decisions.because.eventType', { type: readable(cause.subject) })
    case 'offered':
      return t('decisions.because.offered', values)
    case 'step':
      return t('decisions.because.step', { ...values, step: stepWord(cause.subject, talk) })
  }
}

/** Why somebody is in a segment, or changed in another way: the event if it is at hand, else what is known of it. */
export function byEvent(id: string | null, events: Map<string, Event>, talk: Talk): string {
  if (id === null) return talk.t('decisions.by.time')
  const event = events.get(id)
  if (event) return inside(eventSentence(event, talk), talk)
  // Asked of everybody at once, as when a segment is made: there is no event of theirs to name.
  return talk.t(id.startsWith('refold:') ? 'decisions.by.everybody' : 'decisions.by.event', { id })
}

function inside(sentence: string, { locale }: Talk): string {
  return locale === 'en' ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
}

/** What a gate found, true whether it is open or closed. */
export function gateFact(gate: Gate, talk: Talk): string {
  const { t } = talk
  const purpose = gate.saw.purpose
  const values = { purpose: typeof purpose === 'string' ? purposeWord(purpose, talk) : t('decisions.gate.thisPurpose') }
  return t(`decisions.gate.${gate.gate}.${gate.passed ? 'open' : 'closed'}`, values)
}
