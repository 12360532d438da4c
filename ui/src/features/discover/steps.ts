import type { ColumnList, Goal, Instance, Job, Model, PluginCard } from '@/api/types'
import { textIn } from '@/language/i18n'
import { keyOf, type Talk } from '@/language/talk'
import { fieldsOf, type Field, type Schema } from '@/parts/schema'
import { labelOf } from '../survey/survey'
import { standingOf } from './measures'

export const STEPS = ['goal', 'people', 'clean', 'features', 'method', 'fit', 'judge', 'use'] as const

/** Done, under way, to come, or something is wrong with it. */
export type StepState = 'done' | 'now' | 'open' | 'trouble'

export interface Step {
  key: (typeof STEPS)[number]
  state: StepState
  text: string
}

/** All that is known of a run; null where it is not known yet. */
export interface Facts {
  goals: Goal[]
  card?: PluginCard
  schema?: Schema
  instance?: Instance
  columns: ColumnList | null
  job: Job | null
  model: Model | null
}

/** The eight steps of finding something out, each as it really stands. */
export function stepsOf(facts: Facts, talk: Talk): Step[] {
  return [goal(facts, talk), people(facts, talk), clean(facts, talk), features(facts, talk), method(facts, talk), fit(facts, talk), judge(facts, talk), use(facts, talk)]
}

/** Whether the newest run has come no further than this; what was learnt earlier then says nothing of it. */
const isOn = (facts: Facts, ...stages: string[]) => facts.job?.state === 'running' && stages.includes(facts.job.what)

function goal({ goals }: Facts, talk: Talk): Step {
  const names = goals.map((one) => talk.t(`discover.goal.${one}.title`))
  return { key: 'goal', state: 'done', text: names.length ? talk.format.list(names) : talk.t('discover.step.goal.unsaid') }
}

function people(facts: Facts, talk: Talk): Step {
  const { columns } = facts
  const step = (state: StepState, text: string): Step => ({ key: 'people', state, text })
  if (isOn(facts, 'judging', 'reading', '')) return step('now', progress(facts.job, talk))
  if (!columns) return step('open', talk.t('discover.step.people.unknown'))
  const names = talk.format.list(columns.items.map((one) => columnName(one, talk)))
  const text = talk.t('discover.step.people.text', { n: talk.format.number(columns.people), columns: names }, columns.people)
  return step(columns.people ? 'done' : 'trouble', text)
}

export function columnName({ key, type }: ColumnList['items'][number], talk: Talk): string {
  if (type !== 'events') return labelOf(key, talk)
  const word = `discover.every.${keyOf(key)}`
  return talk.te(word) ? talk.t(word) : talk.t('discover.every.other', { type: key })
}

function clean({ columns }: Facts, talk: Talk): Step {
  const step = (state: StepState, text: string): Step => ({ key: 'clean', state, text })
  if (!columns) return step('open', talk.t('discover.step.clean.unknown'))
  const counted = columns.items.filter((one) => one.known !== null)
  const gaps = counted.filter((one) => (one.known ?? 0) < columns.seen)
  if (!gaps.length) return step(columns.seen ? 'done' : 'open', talk.t('discover.step.clean.whole'))
  const said = gaps.map((one) =>
    talk.t('discover.step.clean.gap', { column: columnName(one, talk), n: talk.format.number(one.known ?? 0), all: talk.format.number(columns.seen) }),
  )
  const isEmpty = gaps.some((one) => one.known === 0)
  return step(isEmpty ? 'trouble' : 'done', talk.t('discover.step.clean.text', { gaps: talk.format.list(said) }))
}

/** A setting as people call it: columns and goals have names, choices titles. */
function setting(field: Field, value: string, columns: ColumnList | null, talk: Talk): string {
  const goal = `discover.goal.${value}.title`
  const choice = field.choices.find((one) => one.value === value)
  if (choice) return choice.title === value && talk.te(goal) ? talk.t(goal) : choice.title
  const column = (key: string) => columns?.items.find((one) => one.key === key)
  const names = value.split(',').map((part) => part.trim())
  return names.every(column) ? talk.format.list(names.flatMap((name) => column(name) ?? []).map((one) => columnName(one, talk))) : value
}

function features({ instance, schema, columns }: Facts, talk: Talk): Step {
  if (!instance) return { key: 'features', state: 'open', text: talk.t('discover.step.features.open') }
  const said = fieldsOf(schema ?? {}, talk.locale)
    .filter((field) => instance.settings[field.key] !== undefined)
    .map((field) => {
      const value = setting(field, String(instance.settings[field.key]), columns, talk)
      return talk.t('discover.pair', { name: field.title, value })
    })
  return { key: 'features', state: 'done', text: said.length ? said.join('; ') : talk.t('discover.step.features.usual') }
}

function method({ card, model }: Facts, talk: Talk): Step {
  const about = card?.current ?? card?.candidate
  const version = model?.pluginVersion ?? about?.version ?? ''
  const text = about ? `${textIn(talk.locale, about.description)} (${card?.id} ${version})` : (model?.plugin ?? '')
  const runs = card?.state === 'running'
  return { key: 'method', state: runs || model ? 'done' : 'trouble', text: runs ? text : talk.t('discover.step.method.off', { text }) }
}

function fit(facts: Facts, talk: Talk): Step {
  const { job, model } = facts
  const step = (state: StepState, text: string): Step => ({ key: 'fit', state, text })
  if (isOn(facts, 'learning')) return step('now', progress(job, talk))
  if (isOn(facts, 'judging', 'reading', '')) return step('open', talk.t('discover.step.fit.open'))
  if (job && ['failed', 'cancelled', 'interrupted'].includes(job.state) && (!model || job.startedAt > model.at)) {
    return step('trouble', talk.t(`discover.step.fit.${job.state}`, { reason: job.reason ?? '' }))
  }
  if (!model) return step('open', talk.t('discover.step.fit.open'))
  const words = { n: talk.format.number(model.card.people), seed: String(model.seed), at: talk.format.dateTime(model.at) }
  return step('done', talk.t('discover.step.fit.text', words, model.card.people))
}

function judge({ model }: Facts, talk: Talk): Step {
  const step = (state: StepState, text: string): Step => ({ key: 'judge', state, text })
  if (!model) return step('open', talk.t('discover.step.judge.open'))
  const measures = model.card.measures.filter((one) => one.better !== 'neither')
  if (!measures.length) return step('done', talk.t('discover.step.judge.none'))
  const better = measures.filter((one) => standingOf(one) === 'better').length
  const text = talk.t('discover.step.judge.text', { better: talk.format.number(better), n: talk.format.number(measures.length) }, measures.length)
  return step(better ? 'done' : 'trouble', text)
}

function use(facts: Facts, talk: Talk): Step {
  const { model, job } = facts
  const step = (state: StepState, text: string): Step => ({ key: 'use', state, text })
  if (isOn(facts, 'asking', 'writing')) return step('now', progress(job, talk))
  if (!model) return step('open', talk.t('discover.step.use.open'))
  if (model.state === 'unfinished') return step('trouble', talk.t('discover.step.use.unfinished'))
  return step('done', talk.t('discover.step.use.text', { segments: talk.format.number(model.segments.length), traits: talk.format.number(model.traits.length) }))
}

/** What is at hand, with what is done of how much. */
export function progress(job: Job | null, talk: Talk): string {
  if (!job) return ''
  const what = stageOf(job, talk)
  return job.total > 0 ? talk.t('discover.progress', { what, done: talk.format.number(job.done), total: talk.format.number(job.total) }) : what
}

export function stageOf(job: Job, talk: Talk): string {
  return talk.t(`discover.stage.${['judging', 'reading', 'learning', 'asking', 'writing'].includes(job.what) ? job.what : 'judging'}`)
}
