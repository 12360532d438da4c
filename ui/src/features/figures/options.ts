import type { EChartsCoreOption } from 'echarts/core'
import type { Bars, Plot } from '@/api/types'
import { textIn } from '@/language/i18n'
import type { Talk } from '@/language/talk'
import { hasIntervals, shown } from './figures'

/** How bars are drawn: lying, standing in their order, as a line over them, or as parts of a whole. */
export const BAR_KINDS = ['bars', 'columns', 'line', 'pie'] as const
export type BarKind = (typeof BAR_KINDS)[number]

/** The colours of the page, read when it is drawn; series differ in shape as well. */
export interface Look {
  colours: string[]
  ink: string
  muted: string
  line: string
  surface: string
  font: string
  alert: string
  /** How much room there is for the names of bars. */
  names: number
}

const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow']
const DASHES = ['solid', 'dashed', 'dotted'] as const
const MOST_SLICES = 8

/** A series that plugins call so stands out: the middles of the groups among the people. */
const MIDDLES = /^(middles|centres|centers)\b/i

export function colourOf(plot: Plot, i: number, look: Look): string {
  return isMiddles(plot, i) ? look.alert : (look.colours[i % look.colours.length] ?? look.ink)
}

export function shapeOf(plot: Plot, i: number): string {
  return isMiddles(plot, i) ? 'diamond' : (SHAPES[i % SHAPES.length] ?? 'circle')
}

function isMiddles(plot: Plot, i: number): boolean {
  return plot.mark === 'point' && MIDDLES.test(plot.series[i]?.name.en ?? '')
}

export function plotOption(plot: Plot, look: Look, talk: Talk): EChartsCoreOption {
  const names = { x: textIn(talk.locale, plot.x), y: textIn(talk.locale, plot.y) }
  return {
    ...frame(look, talk),
    xAxis: { type: 'value', name: names.x, scale: true, ...axis(look, talk), nameLocation: 'middle' },
    yAxis: { type: 'value', name: names.y, scale: true, ...axis(look, talk), nameLocation: 'middle' },
    tooltip: {
      ...tip(look),
      formatter: (at: { seriesName?: string; value?: number[] }) =>
        [at.seriesName, `${names.x}: ${shown(at.value?.[0], talk)}`, `${names.y}: ${shown(at.value?.[1], talk)}`].filter(Boolean).join('\n'),
    },
    series: plot.series.map((series, i) => ({
      name: textIn(talk.locale, series.name),
      type: plot.mark === 'line' ? 'line' : 'scatter',
      data: series.x.map((x, at) => [x, series.y[at] ?? null]),
      color: colourOf(plot, i, look),
      symbol: shapeOf(plot, i),
      symbolSize: plot.mark === 'line' ? (series.x.length > 40 ? 0 : 6) : isMiddles(plot, i) ? 16 : 7,
      itemStyle: plot.mark === 'point' ? { opacity: isMiddles(plot, i) ? 1 : 0.65 } : {},
      lineStyle: { width: 2, type: DASHES[i % DASHES.length] },
      z: isMiddles(plot, i) ? 3 : 2,
    })),
  }
}

export function barOption(figure: Bars, kind: BarKind, look: Look, talk: Talk): EChartsCoreOption {
  const names = figure.bars.map((bar) => textIn(talk.locale, bar.name))
  const value = textIn(talk.locale, figure.value)
  const tooltip = {
    ...tip(look),
    formatter: (at: { name?: string; dataIndex?: number; value?: number }) =>
      [at.name, `${value}: ${sentence(figure, at.dataIndex ?? -1, at.value, talk)}`].filter(Boolean).join('\n'),
  }
  if (kind === 'pie') return { ...frame(look, talk), tooltip, series: [pie(figure, names, look, talk)] }
  const isLying = kind === 'bars'
  const categories = {
    type: 'category',
    data: names,
    inverse: isLying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.ink, width: isLying ? look.names : undefined, overflow: 'truncate', hideOverlap: !isLying, interval: isLying ? 0 : undefined },
  }
  const numbers = { type: 'value', name: value, nameLocation: 'middle', ...axis(look, talk), nameTruncate: { maxWidth: 2.2 * look.names, ellipsis: '…' } }
  const series: object[] = [
    {
      type: kind === 'line' ? 'line' : 'bar',
      data: figure.bars.map((bar) => bar.value),
      color: look.colours[0],
      symbolSize: 6,
      barMaxWidth: isLying ? 18 : 96,
      barCategoryGap: isLying ? '35%' : '8%',
    },
  ]
  if (hasIntervals(figure)) series.push(...(kind === 'line' ? band(figure, look) : [whiskers(figure, isLying, look)]))
  return { ...frame(look, talk), tooltip, xAxis: isLying ? numbers : categories, yAxis: isLying ? categories : numbers, series }
}

function sentence(figure: Bars, i: number, value: number | undefined, talk: Talk): string {
  const bar = figure.bars[i]
  if (!bar || bar.low === null || bar.high === null || bar.low === bar.high) return shown(value, talk)
  return talk.t('figures.between', { value: shown(bar.value, talk), low: shown(bar.low, talk), high: shown(bar.high, talk) })
}

function pie(figure: Bars, names: string[], look: Look, talk: Talk) {
  const slices = figure.bars.map((bar, i) => ({ name: names[i] ?? '', value: bar.value ?? 0 })).filter((slice) => slice.value > 0)
  const rest = slices.slice(MOST_SLICES - 1)
  const few = rest.length > 1 ? [...slices.slice(0, MOST_SLICES - 1), { name: talk.t('figures.rest'), value: sum(rest) }] : slices
  return {
    type: 'pie',
    radius: ['30%', '60%'],
    data: few,
    color: look.colours,
    itemStyle: { borderColor: look.surface, borderWidth: 2 },
    label: { color: look.ink, formatter: '{b}\n{d} %', alignTo: 'edge', edgeDistance: 4 },
    labelLine: { lineStyle: { color: look.muted } },
  }
}

const sum = (slices: { value: number }[]) => slices.reduce((all, one) => all + one.value, 0)

/** What a renderer of a custom series may ask; the library's own type drags its whole model along. */
interface Drawing {
  value: (dimension: number) => number
  coord: (at: number[]) => number[]
}

/** From the lower to the upper end of each interval, with a short stroke at both. */
/** What lies between the bounds, as the second of two heaps whose first is not seen. */
function band(figure: Bars, look: Look) {
  const heap = { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, z: 1 }
  return [
    { ...heap, data: figure.bars.map((bar) => bar.low) },
    {
      ...heap,
      data: figure.bars.map((bar) => (bar.low === null || bar.high === null ? null : bar.high - bar.low)),
      areaStyle: { color: look.colours[0], opacity: 0.18 },
    },
  ]
}

function whiskers(figure: Bars, isLying: boolean, look: Look) {
  return {
    type: 'custom',
    silent: true,
    z: 3,
    data: figure.bars.map((bar, i) => [i, bar.low, bar.high]),
    renderItem: (_: unknown, api: Drawing) => {
      const [i, low, high] = [api.value(0), api.value(1), api.value(2)]
      if (Number.isNaN(low) || Number.isNaN(high)) return null
      const end = (at: number) => api.coord(isLying ? [at, i] : [i, at])
      const [from, to] = [end(low), end(high)]
      const stroke = (a: number[], b: number[]) => ({
        type: 'line',
        shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] },
        style: { stroke: look.ink, lineWidth: 1.5 },
      })
      const across = ([x = 0, y = 0]: number[]) =>
        isLying ? stroke([x, y - 4], [x, y + 4]) : stroke([x - 4, y], [x + 4, y])
      return { type: 'group', children: [stroke(from, to), across(from), across(to)] }
    },
    encode: isLying ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
  }
}

export function frame(look: Look, talk: Talk) {
  return {
    animation: false,
    textStyle: { fontFamily: look.font, color: look.ink },
    grid: { left: 12, right: 20, top: 12, bottom: 12, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    locale: talk.locale,
  }
}

function axis(look: Look, talk: Talk) {
  return {
    nameTextStyle: { color: look.muted },
    axisLabel: { color: look.muted, formatter: (value: number) => talk.format.figure(value), hideOverlap: true },
    axisLine: { lineStyle: { color: look.line } },
    splitLine: { lineStyle: { color: look.line } },
  }
}

/** Drawn on the canvas: a tip of HTML would bring styles that the policy forbids. */
export function tip(look: Look) {
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: look.surface,
    borderColor: look.line,
    textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 },
  }
}
