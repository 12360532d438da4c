import { describe, expect, it } from 'vitest'
import type { ColumnList, Job, Model } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { STEPS, stepsOf, type Facts } from './steps'

const english = await talkIn('en')

const COLUMNS: ColumnList = { people: 40, seen: 40, exact: true, items: [{ key: 'orders', type: 'number', set: 'time', known: 40, other: 0 }, { key: 'order', type: 'events', set: 'time', known: null, other: null }] }
const JOB: Job = { id: 'j', kind: 'profiler', state: 'running', what: 'learning', done: 10, total: 40, result: {}, reason: null, startedAt: '2026-11-20T10:00:00Z', endedAt: null }
const MODEL: Model = {
  id: 'm', instance: 'i', plugin: 'p', pluginVersion: '1.0.0', state: 'done', seed: 7, at: '2026-11-20T09:00:00Z', people: 40, bytes: 1, segments: ['a'], traits: ['lot'],
  role: 'standing', verdict: null, loss: null, drift: null, fairness: null, cells: null,
  card: { people: 38, limits: [], method: [], figures: [], measures: [{ name: { en: 'm' }, value: 0.8, low: 0.7, high: 0.9, baseline: 0.5, better: 'more' }] },
}
const NOTHING: Facts = { goals: ['groups'], columns: null, job: null, model: null }

const states = (facts: Partial<Facts>) => Object.fromEntries(stepsOf({ ...NOTHING, ...facts }, english).map((step) => [step.key, step.state]))
const text = (facts: Partial<Facts>, key: string) => stepsOf({ ...NOTHING, ...facts }, english).find((step) => step.key === key)?.text

describe('the eight steps', () => {
  it('standInTheirOrderAndSayNothingThatIsNotSo', () => {
    expect(stepsOf(NOTHING, english).map((step) => step.key)).toEqual([...STEPS])
    expect(states({})).toEqual({ goal: 'done', people: 'open', clean: 'open', features: 'open', method: 'trouble', fit: 'open', judge: 'open', use: 'open' })
  })

  it('nameTheColumnsAndTheirGaps', () => {
    expect(text({ columns: COLUMNS }, 'people')).toBe('40 people; Number of orders and all orders.')
    expect(states({ columns: COLUMNS }).clean).toBe('done')
    const gaps = { ...COLUMNS, items: [{ key: 'age', type: 'number' as const, set: 'person' as const, known: 0, other: 2 }] }
    expect(states({ columns: gaps }).clean).toBe('trouble')
    expect(text({ columns: gaps }, 'clean')).toContain('Age is known of 0 of 40')
  })

  it('followARun', () => {
    expect(states({ columns: COLUMNS, job: { ...JOB, what: 'reading' } })).toMatchObject({ people: 'now', fit: 'open' })
    expect(states({ columns: COLUMNS, job: JOB })).toMatchObject({ people: 'done', fit: 'now' })
    expect(text({ job: JOB }, 'fit')).toBe('Learning: 10 of 40')
    expect(states({ job: { ...JOB, what: 'writing' }, model: { ...MODEL, state: 'writing' } })).toMatchObject({ fit: 'done', judge: 'done', use: 'now' })
  })

  it('tellWhyARunEnded', () => {
    const failed = { ...JOB, state: 'failed' as const, reason: 'Scores need 25 customers.' }
    expect(text({ job: failed }, 'fit')).toBe('The last run ended: Scores need 25 customers.')
    expect(states({ job: failed, model: { ...MODEL, at: '2026-11-20T11:00:00Z' } }).fit).toBe('done')
    expect(states({ model: { ...MODEL, state: 'unfinished' } }).use).toBe('trouble')
  })

  it('judgeByTheInterval', () => {
    expect(states({ model: MODEL }).judge).toBe('done')
    expect(text({ model: MODEL }, 'judge')).toBe('1 of 1 measure is better than a plain guess.')
    const even = { ...MODEL, card: { ...MODEL.card, measures: [{ ...MODEL.card.measures[0]!, low: 0.4 }] } }
    expect(states({ model: even }).judge).toBe('trouble')
  })
})
