import { describe, expect, it } from 'vitest'
import type { Bars, Grid, Joins, Plot, Text } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { rowsOf, shadingOf, treeOf } from './figures'
import { barOption, colourOf, plotOption, type Look } from './options'

const english = await talkIn('en')

const say = (en: string): Text => ({ en, 'zh-CN': `${en}!` })
const LOOK: Look = { colours: ['#111', '#222'], ink: '#000', muted: '#555', line: '#999', surface: '#fff', font: 'sans', alert: '#f00', names: 150 }

const PLOT: Plot = {
  kind: 'plot', title: say('People'), x: say('age'), y: say('spent'), mark: 'point',
  series: [
    { name: say('group 1'), x: [20, 30], y: [1.5, null] },
    { name: say('middles of the groups'), x: [25], y: [1.5] },
  ],
}
const BARS: Bars = {
  kind: 'bars', title: say('What counts'), value: say('part'),
  bars: [{ name: say('<b>age</b>'), value: 0.5, low: 0.4, high: 0.7 }, { name: say('city'), value: 0.1, low: null, high: null }],
}

describe('a figure', () => {
  it('hasTheSameNumbersAsATable', () => {
    expect(rowsOf(PLOT, english).rows).toEqual([
      ['group 1', '20', '1.5'], ['group 1', '30', '–'], ['middles of the groups', '25', '1.5'],
    ])
    expect(rowsOf(BARS, english)).toEqual({
      head: ['Name', 'part', 'At least', 'At most'],
      rows: [['<b>age</b>', '0.5', '0.4', '0.7'], ['city', '0.1', '–', '–']],
    })
  })

  it('showsTheMiddlesOfGroupsInRed', () => {
    expect([0, 1].map((i) => colourOf(PLOT, i, LOOK))).toEqual(['#111', '#f00'])
    expect(colourOf({ ...PLOT, mark: 'line' }, 1, LOOK)).toBe('#222')
  })

  it('isDrawnWithoutHtml', () => {
    for (const option of [plotOption(PLOT, LOOK, english), barOption(BARS, 'bars', LOOK, english), barOption(BARS, 'pie', LOOK, english)]) {
      expect(option.tooltip).toMatchObject({ renderMode: 'richText' })
    }
  })

  it('hasWhiskersWhereAnIntervalIsKnown', () => {
    const kinds = (bars: Bars) => (barOption(bars, 'bars', LOOK, english).series as { type: string }[]).map((one) => one.type)
    expect(kinds(BARS)).toEqual(['bar', 'custom'])
    expect(kinds({ ...BARS, bars: BARS.bars.slice(1) })).toEqual(['bar'])
  })

  it('shadesWhatLiesBetweenTheBoundsOfALine', () => {
    const [line, low, between] = barOption(BARS, 'line', LOOK, english).series as { data: (number | null)[]; stack?: string }[]
    expect(line?.data).toEqual([0.5, 0.1])
    expect(low?.data).toEqual([0.4, null])
    expect(between?.data.map((one) => one?.toFixed(3) ?? null)).toEqual(['0.300', null])
    expect([low?.stack, between?.stack]).toEqual(['band', 'band'])
  })

  it('putsManySlicesOfAPieTogether', () => {
    const bars = Array.from({ length: 12 }, (_, i) => ({ name: say(`n${i}`), value: 12 - i, low: null, high: null }))
    const [pie] = barOption({ ...BARS, bars }, 'pie', LOOK, english).series as { data: { name: string; value: number }[] }[]
    expect(pie?.data).toHaveLength(8)
    expect(pie?.data.at(-1)).toEqual({ name: 'Others', value: 15 })
  })
})

describe('a grid', () => {
  const grid = (values: (number | null)[][]): Grid => ({
    kind: 'grid', title: say('Grid'), rows: values.map((_, i) => say(`r${i}`)), columns: (values[0] ?? []).map((_, i) => say(`c${i}`)), values,
  })

  it('isColouredByOneMeasureWhereItsNumbersAreOfAKind', () => {
    expect(shadingOf(grid([[1, -0.5], [null, 0.25]]))).toEqual({ byColumn: false, strengths: [[1, -0.5], [null, 0.25]] })
    expect(shadingOf(grid([[400, 2], [3, 7]])).byColumn).toBe(false)
  })

  it('isColouredColumnByColumnWhereTheyAreNot', () => {
    expect(shadingOf(grid([[0.05, 3], [0.025, 1.5]]))).toEqual({ byColumn: true, strengths: [[1, 1], [0.5, 0.5]] })
  })

  it('ofNothingButZeroesHasNoColour', () => {
    expect(shadingOf(grid([[0, 0]])).strengths).toEqual([[0, 0]])
  })
})

describe('a dendrogram', () => {
  const JOINS: Joins = {
    kind: 'joins', title: say('Joins'), height: say('distance'), leaves: ['a', 'b', 'c', 'd'].map(say),
    joins: [{ left: 0, right: 2, height: 1 }, { left: 1, right: 3, height: 2 }, { left: 4, right: 5, height: 4 }],
  }

  it('putsLeavesThatWereJoinedNextToEachOther', () => {
    const { knots, order } = treeOf(JOINS)
    expect(order).toEqual([0, 2, 1, 3])
    expect(knots.get(4)).toEqual({ at: 0.25, row: 0.5 })
    expect(knots.get(6)).toEqual({ at: 1, row: 1.5 })
  })

  it('standsWhereItWasNotJoinedToTheEnd', () => {
    expect(treeOf({ ...JOINS, joins: JOINS.joins.slice(0, 1) }).order).toEqual([1, 3, 0, 2])
  })

  it('asATableNamesEarlierJoins', () => {
    expect(rowsOf(JOINS, english).rows[2]).toEqual(['Join 3', 'Join 1', 'Join 2', '4'])
  })
})
