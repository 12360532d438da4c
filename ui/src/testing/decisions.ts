import type { Condition, Decision, Message, Verdict } from '@/api/types'
import type { Known } from '@/features/decisions/known'

export const known: Known = {
  person: 'Ada Winter',
  segments: new Map([['ordered-30d', { en: 'Ordered in the last 30 days', 'zh-CN': '最近 30 天下过单' }]]),
  campaigns: new Map([['thanks', { en: 'Thank-you', 'zh-CN': '致谢' }]]),
  events: new Map([
    [
      'order-A-17',
      {
        id: 'order-A-17',
        type: 'order',
        time: '2026-11-20T09:30:00Z',
        receivedAt: '2026-11-20T09:30:00Z',
        source: 'api',
        properties: { orderId: 'A-17', total: 42.5, currency: 'EUR' },
      },
    ],
  ]),
}

export function leaf(condition: Condition, holds: boolean, saw: Verdict['saw'] = {}): Verdict {
  return { condition, holds, saw, parts: [] }
}

export function all(...parts: Verdict[]): Verdict {
  return { condition: { all: parts.map((part) => part.condition) }, holds: parts.every((part) => part.holds), saw: {}, parts }
}

export function any(...parts: Verdict[]): Verdict {
  return { condition: { any: parts.map((part) => part.condition) }, holds: parts.some((part) => part.holds), saw: {}, parts }
}

export function not(part: Verdict): Verdict {
  return { condition: { not: part.condition }, holds: !part.holds, saw: {}, parts: [part] }
}

export function message(change: Partial<Message> = {}): Message {
  return {
    id: 'm-1',
    channel: 'email',
    state: 'sent',
    reason: null,
    subject: 'Thank you',
    queuedAt: '2026-11-20T09:30:00Z',
    sentAt: '2026-11-20T09:30:02Z',
    messageId: '<m-1@example.com>',
    gates: [],
    ...change,
  }
}

export function decision(change: Partial<Decision>): Decision {
  return {
    id: 'd-1',
    kind: 'send',
    campaign: 'thanks',
    campaignName: { en: 'Thank-you', 'zh-CN': '致谢' },
    version: 1,
    rule: 'thanks@1/thanks',
    step: 'thanks',
    at: '2026-11-20T09:30:00Z',
    cause: { kind: 'segmentEntered', subject: 'ordered-30d', event: 'order-A-17', time: '2026-11-20T09:30:00Z' },
    verdict: null,
    message: null,
    ...change,
  }
}
