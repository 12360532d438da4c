import { afterEach, describe, expect, it } from 'vitest'
import { ownFields } from '@/language/ownFields'
import { traitLabel, traitValue } from '@/language/traits'
import { talkIn } from '@/testing/talk'
import { choicesOf, toKeys, toLabels, withValues } from './formula'

const english = await talkIn('en')
const traits = [
  { key: 'spent_EUR', type: 'number' },
  { key: 'orders', type: 'number' },
  { key: 'first_order', type: 'instant' },
]
const choices = choicesOf(traits, english)
const label = (key: string) => choices.find((one) => one.key === key)?.label ?? ''

afterEach(() => (ownFields.value = new Map()))

describe('a formula', () => {
  it('namesItsFieldsInTheLanguageOfThePage', () => {
    const written = `[${label('spent_EUR')}] / [ ${label('orders')} ]`

    expect(toKeys(written, choices).formula).toBe('[spent_EUR] / [orders]')
    expect(toLabels('[spent_EUR] / [orders]', english)).toBe(`[${label('spent_EUR')}] ÷ [${label('orders')}]`)
  })

  it('leadsFromAPlaceInItToThePlaceInWhatWasWritten', () => {
    const written = `[${label('spent_EUR')}] + [${label('orders')}] 2`
    const { formula, place } = toKeys(written, choices)

    expect(written[place(formula.indexOf('+'))]).toBe('+')
    expect(written[place(formula.lastIndexOf('2'))]).toBe('2')
    expect(written.slice(place(formula.indexOf('[orders')))).toBe(`[${label('orders')}] 2`)
  })

  it('keepsANameThatIsNoField', () => {
    expect(toKeys('1 + [nothing]', choices).formula).toBe('1 + [nothing]')
  })

  it('tellsFieldsOfOneNameApart', () => {
    const both = choicesOf([{ key: 'fooBar', type: 'number' }, { key: 'foo_bar', type: 'number' }], english)

    expect(both.map((one) => one.label)).toEqual(['Foo bar (foo_bar)', 'Foo bar (fooBar)'])
  })
})

describe('a field of the owner', () => {
  it('isCalledByItsNameWithItsMoneyAndItsEvidence', () => {
    ownFields.value = new Map([
      ['own:average', { key: 'own:average', name: { en: 'Average order', 'zh-CN': '平均订单额' }, formula: '[spent_EUR]/[orders]', unit: 'money', currency: 'EUR', removed: false, at: '2026-11-22T00:00:00Z' }],
    ])

    expect(traitLabel('own:average', english)).toBe('Average order')
    expect(traitValue('own:average', 30, english)).toBe('€30.00')
    expect(withValues('own:average', [{ key: 'spent_EUR', value: 120 }, { key: 'orders', value: 4 }], english)).toBe(
      `${label('spent_EUR')} €120.00÷${label('orders')} 4`,
    )
  })
})
