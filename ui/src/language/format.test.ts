import { describe, expect, it } from 'vitest'
import { formats, isInstant, secondsOf, variantOf } from './format'

const english = formats('en-GB', 'Europe/Berlin')
const chinese = formats('zh-CN', 'Asia/Shanghai')
const noon = Date.parse('2026-11-20T12:00:00Z')

describe('formats', () => {
  it('showAMomentInTheZoneAndLanguageOfThePerson', () => {
    expect(english.dateTime('2026-11-20T09:30:00Z')).toBe('20 Nov 2026, 10:30')
    expect(chinese.dateTime('2026-11-20T09:30:00Z')).toBe('2026年11月20日 17:30')
  })

  it('tellHowLongAgo', () => {
    expect(english.relative('2026-11-20T11:59:40Z', noon)).toBe('now')
    expect(english.relative('2026-11-20T09:00:00Z', noon)).toBe('3 hours ago')
    expect(english.relative('2026-11-19T11:00:00Z', noon)).toBe('yesterday')
    expect(chinese.relative('2026-11-23T12:00:00Z', noon)).toBe('3天后')
  })

  it('showTheDigitsOfAMeasuredNumberThatCount', () => {
    expect([12_345, 12_345.678, 3.14159, 0.000123456, -0.5, 0].map(english.figure)).toEqual(['12,345', '12,346', '3.142', '0.0001235', '-0.5', '0'])
  })

  it('showMoneyInItsOwnCurrency', () => {
    expect(english.money(127.4, 'EUR')).toBe('€127.40')
    expect(chinese.money(1280, 'CNY')).toBe('¥1,280.00')
  })

  it('writeSumsInASentenceAsElsewhere', () => {
    expect(english.sums('2.80 × 118.25 EUR in 2 orders, 80 % of 357 EUR')).toBe('2.80 × €118.25 in 2 orders, 80 % of €357.00')
    expect(english.sums('order 17 ABX, UTC, 2.1.118 EUR')).toBe('order 17 ABX, UTC, 2.1.118 EUR')
  })

  it('tellChancesHoursAndCodesAsPeopleDo', () => {
    expect([0.5, 0.034].map(english.percent)).toEqual(['50%', '3.4%'])
    expect(chinese.hour(9)).toBe('17:00')
    expect([english.name('DE', 'region'), chinese.name('en', 'language'), english.name('no code', 'language')]).toEqual(['Germany', '英语', 'no code'])
  })

  it('readDurationsAsPeopleSayThem', () => {
    expect(english.duration('P30D')).toBe('30 days')
    expect(english.duration('PT720H')).toBe('30 days')
    expect(english.duration('PT24H')).toBe('24 hours')
    expect(english.duration('PT1M30.5S')).toBe('2 minutes')
    expect(chinese.duration('P30D')).toBe('30天')
    expect(english.duration('soon')).toBe('soon')
  })

  it('takeTheBrowsersVariantOfTheLanguage', () => {
    expect(variantOf('en', ['de-DE', 'en-IE', 'en-US'])).toBe('en-IE')
    expect(variantOf('zh-CN', ['de-DE'])).toBe('zh-CN')
  })

  it('knowADurationAndAnInstantWhenTheySeeOne', () => {
    expect(secondsOf('-PT5S')).toBe(-5)
    expect(secondsOf('P1Y')).toBeNull()
    expect(isInstant('2026-11-20T09:30:00Z')).toBe(true)
    expect(isInstant('2026')).toBe(false)
  })
})
