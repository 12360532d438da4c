import { describe, expect, it } from 'vitest'
import type { FactSet, SegmentWord } from '@/api/types'
import { chosenIn, setsOf, suggested } from './columns'

const word = (key: string, set: FactSet, known: number, type: SegmentWord['type'] = 'number'): SegmentWord => ({ key, set, known, type, values: [] })
const MALL = [word('age', 'person', 200), word('income', 'person', 200), word('spending_score', 'person', 200), word('customer_id', 'person', 200), word('gender', 'person', 200, 'text'), word('cluster', 'learnt', 200)]
const SHOP = [word('orders', 'time', 90), word('spent_EUR', 'buying', 90), word('times:order', 'time', 90), word('age', 'person', 4), word('last_order', 'time', 90, 'instant')]

describe('columns', () => {
  it('areSuggestedFromWhatIsKnownOfMostPeople', () => {
    expect(suggested(MALL, 'number')).toEqual(['age', 'income', 'spending_score'])
    expect(suggested(SHOP, 'number')).toEqual(['orders', 'spent_EUR'])
    expect(suggested(SHOP, 'instant')).toEqual(['last_order'])
    expect(suggested([], 'number')).toEqual([])
  })

  it('areOfferedInSets', () => {
    expect(setsOf(SHOP, 'number').map((one) => [one.set, one.traits.map((trait) => trait.key)])).toEqual([
      ['person', ['age']], ['buying', ['spent_EUR']], ['time', ['orders', 'times:order']],
    ])
    expect(setsOf([word('share:tea, pots', 'buying', 9)], 'number')).toEqual([])
  })

  it('areReadFromASetting', () => {
    expect(chosenIn(' age, income ,')).toEqual(['age', 'income'])
  })
})
