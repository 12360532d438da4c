import { describe, expect, it } from 'vitest'
import type { Upkeep } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { gainOf, groupName, rhythmOf, spreadOf } from './upkeep'

const english = await talkIn('en')
const chinese = await talkIn('zh-CN')
const UPKEEP: Upkeep = { instance: 'i', name: 'i', repeat: null, zone: 'Asia/Shanghai', asks: false, dueAt: null, last: null, standing: null, drift: null, waiting: null }

describe('what is said of a model that is kept true', () => {
  it('tellsByHowMuchANewOneIsBetterOrWorse', () => {
    expect(gainOf({ value: 0.2, low: 0.1, high: 0.3, people: 40 }, english)).toBe('Its log loss was less by 0.2 (0.1 to 0.3, 90 %), on 40 people.')
    expect(gainOf({ value: -0.2, low: -0.3, high: -0.1, people: 40 }, english)).toBe('Its log loss was more by 0.2 (0.1 to 0.3, 90 %), on 40 people.')
    expect(gainOf({ value: 0, low: 0, high: 0, people: 40 }, english)).toBe('Its log loss was less by 0 (0 to 0, 90 %), on 40 people.')
    expect(gainOf(null, english)).toBe('')
  })

  it('tellsAFigureWithItsInterval', () => {
    expect(spreadOf({ value: 0.5, low: 0.4, high: 0.6, people: 1 }, english)).toBe('0.5 (0.4 to 0.6, 1 person)')
    expect(spreadOf({ value: null, low: null, high: null, people: 0 }, chinese)).toBe('–（– 至 –，0 人）')
  })

  it('saysWhenItIsRepeated', () => {
    expect(rhythmOf(UPKEEP, english)).toBe('Only when you say so.')
    expect(rhythmOf({ ...UPKEEP, repeat: { every: 'week', day: 1, hour: 3 } }, english)).toBe('Every Monday at 03:00 (Asia/Shanghai).')
    expect(rhythmOf({ ...UPKEEP, repeat: { every: 'week', day: 1, hour: 3 } }, chinese)).toBe('每星期一 03:00（Asia/Shanghai）。')
  })

  it('namesGroupsAsPeopleDo', () => {
    expect(groupName('age', '25-34', english)).toBe('25 to 34')
    expect(groupName('age', '65-', chinese)).toBe('65 岁及以上')
    expect(groupName('gender', 'female', chinese)).toBe('女')
    expect(groupName('city', 'Kiel', english)).toBe('Kiel')
  })
})
