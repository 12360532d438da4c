import { beforeAll, describe, expect, it } from 'vitest'
import type { Talk } from '@/language/talk'
import { all, any, decision, known, leaf, message, not } from '@/testing/decisions'
import { talkIn } from '@/testing/talk'
import { tell } from './sentences'

let english: Talk
let chinese: Talk

beforeAll(async () => {
  chinese = await talkIn('zh-CN')
  english = await talkIn('en')
})

const headline = (change: Parameters<typeof decision>[0], journeys = []) => tell(decision(change), journeys, known, english).headline

describe('a decision', () => {
  it('saysWhatWasSentAndWhichEventBroughtItAbout', () => {
    const told = tell(decision({ message: message() }), [], known, english)

    expect(told.headline).toBe('Sent: Thank-you')
    expect(told.because).toBe('because Ada Winter entered “Ordered in the last 30 days”: ordered A-17 for €42.50')
  })

  it('givesForAStepTheReasonThatStartedItsJourney', () => {
    const step = decision({ cause: { kind: 'step', subject: 'thanks', event: null, time: null }, message: message() })
    const starts = [decision({ id: 'd-0', kind: 'start' })]

    expect(tell(step, [], { ...known, starts }, english).because).toMatch(/^because Ada Winter entered/)
    expect(tell(step, [], known, english).because).toBe('because the journey reached the step “thank-you”')
  })

  it('saysThatConsentWasMissing', () => {
    const held = message({ state: 'held', reason: 'consent', gates: [{ gate: 'consent', passed: false, saw: { purpose: 'marketing' } }] })

    expect(headline({ message: held })).toBe('Not sent: Thank-you – no consent for marketing e-mails')
  })

  it('givesTheChannelsOwnWordsWhenItRefused', () => {
    expect(headline({ message: message({ state: 'refused', reason: '550 no such user' }) })).toBe('Refused: Thank-you – 550 no such user')
  })

  it('saysWhyItsChannelKeepsAMessageWaiting', () => {
    expect(headline({ message: message({ state: 'queued', reason: 'channel-off' }) })).toBe('Waiting: Thank-you – its channel is switched off')
    expect(headline({ message: message({ state: 'queued', reason: 'answered 503' }) })).toBe('On its way: Thank-you')
  })

  it('saysThatTheCauseWasTooOldToStart', () => {
    const verdict = all(leaf({ did: 'order', atLeast: 1, within: 'P30D' }, true), leaf({ fresh: 'PT24H' }, false, { age: 'PT50H' }))

    expect(headline({ kind: 'decline', verdict })).toBe('Not started: Thank-you – what set it off was older than 24 hours')
  })

  it('saysThatSomebodyIsInTooManyJourneys', () => {
    const verdict = all(leaf({ did: 'order', atLeast: 1, within: 'P30D' }, true))

    expect(headline({ kind: 'decline', verdict, reason: 'too-many-journeys' })).toBe(
      'Not started: Thank-you – already in 50 journeys, which is the most for one person',
    )
  })

  it('saysThatSomebodyWasInTheCampaignBefore', () => {
    const verdict = all(not(leaf({ enteredBefore: 'thanks', within: 'P30D' }, true)))

    expect(headline({ kind: 'decline', verdict })).toBe('Not started: Thank-you – was in “Thank-you” in the last 30 days')
  })

  it('namesEveryPartThatFailedOfAnAny', () => {
    const verdict = any(leaf({ inSegment: 'quiet' }, false), leaf({ did: 'order', atLeast: 3, within: 'P60D' }, false))

    expect(headline({ kind: 'skip', step: 'offer', verdict })).toBe(
      'Step “Offer” of Thank-you left out – is not in “quiet” and fewer than 3 orders in the last 60 days',
    )
  })

  it('saysUntilWhenItWaits', () => {
    const journey = { campaign: 'thanks', campaignName: { en: '' }, version: 1, step: 'pause', since: '', wakeAt: '2026-11-23T09:30:00Z' }
    const wait = decision({ kind: 'wait', step: 'pause' })

    expect(tell(wait, [journey], known, english).headline).toBe('Waiting until 23 Nov 2026, 09:30: Thank-you')
    expect(tell(wait, [], known, english).headline).toBe('Waited before the next step: Thank-you')
  })

  it('readsTheSameInChinese', async () => {
    await talkIn('zh-CN')
    const told = tell(decision({ message: message() }), [], known, chinese)
    await talkIn('en')

    expect(told.headline).toBe('已发送：致谢')
    expect(told.because).toBe('因为Ada Winter进入了“最近 30 天下过单”：下单 A-17，金额 €42.50')
  })
})
