import type { components } from '@schema'

type Schemas = components['schemas']

export type ProfileSummary = Schemas['ProfileSummary']
export type Profile = Schemas['Profile']
export type Trait = Schemas['Trait']
export type Event = Schemas['Event']
export type Decision = Schemas['Decision']
export type Message = Schemas['Message']
export type Gate = Schemas['Gate']
export type Cause = Schemas['Cause']
export type Verdict = Schemas['Verdict']
export type Condition = Schemas['Condition']
export type Status = Schemas['Status']
export type Mail = Schemas['Mail']
export type MailSummary = Schemas['MailSummary']
export type Problem = Schemas['Problem']
export type Text = Schemas['Text']
