import type { Bars, Figure, Graph, Grid, Joins, Plot } from '@/api/types'
import { textIn } from '@/language/i18n'
import type { Talk } from '@/language/talk'

export interface FigureRows {
  head: string[]
  rows: string[][]
}

/** A number as it stands in a figure; what is not known is a dash. */
export function shown(value: number | null | undefined, talk: Talk): string {
  return value === null || value === undefined ? '–' : talk.format.figure(value)
}

/** The same numbers as the drawing, for those who read them. */
export function rowsOf(figure: Figure, talk: Talk): FigureRows {
  switch (figure.kind) {
    case 'plot':
      return plotRows(figure, talk)
    case 'bars':
      return barRows(figure, talk)
    case 'grid':
      return gridRows(figure, talk)
    case 'graph':
      return arrowRows(figure, talk)
    default:
      return joinRows(figure, talk)
  }
}

function plotRows(plot: Plot, talk: Talk): FigureRows {
  const name = (text: Plot['x']) => textIn(talk.locale, text)
  const several = plot.series.length > 1
  return {
    head: [...(several ? [talk.t('figures.series')] : []), name(plot.x), name(plot.y)],
    rows: plot.series.flatMap((series) =>
      series.x.map((x, i) => [...(several ? [name(series.name)] : []), shown(x, talk), shown(series.y[i], talk)]),
    ),
  }
}

function barRows(figure: Bars, talk: Talk): FigureRows {
  const between = hasIntervals(figure)
  return {
    head: [talk.t('figures.name'), textIn(talk.locale, figure.value), ...(between ? [talk.t('figures.from'), talk.t('figures.to')] : [])],
    rows: figure.bars.map((bar) => [
      textIn(talk.locale, bar.name),
      shown(bar.value, talk),
      ...(between ? [shown(bar.low, talk), shown(bar.high, talk)] : []),
    ]),
  }
}

export function hasIntervals(figure: Bars): boolean {
  return figure.bars.some((bar) => bar.low !== null && bar.high !== null && bar.low !== bar.high)
}

function gridRows(grid: Grid, talk: Talk): FigureRows {
  return {
    head: ['', ...grid.columns.map((column) => textIn(talk.locale, column))],
    rows: grid.rows.map((row, i) => [textIn(talk.locale, row), ...(grid.values[i] ?? []).map((value) => shown(value, talk))]),
  }
}

function arrowRows(graph: Graph, talk: Talk): FigureRows {
  const name = (text?: Graph['title']) => (text ? textIn(talk.locale, text) : '')
  return {
    head: [talk.t('figures.has'), talk.t('figures.then'), name(graph.width), name(graph.strength)],
    rows: graph.arrows.map((arrow) => [
      talk.format.list(arrow.from.map((i) => name(graph.nodes[i]))), name(graph.nodes[arrow.to]), shown(arrow.width, talk), shown(arrow.strength, talk),
    ]),
  }
}

function joinRows(figure: Joins, talk: Talk): FigureRows {
  const nameOf = (node: number) => {
    const leaf = figure.leaves[node]
    return leaf ? textIn(talk.locale, leaf) : talk.t('figures.join', { n: node - figure.leaves.length + 1 })
  }
  return {
    head: [talk.t('figures.step'), talk.t('figures.one'), talk.t('figures.other'), textIn(talk.locale, figure.height)],
    rows: figure.joins.map((join, i) => [
      talk.t('figures.join', { n: i + 1 }), nameOf(join.left), nameOf(join.right), shown(join.height, talk),
    ]),
  }
}

/** How strong each cell of a grid is coloured: -1 to 1, null where nothing is known. */
export interface Shading {
  byColumn: boolean
  strengths: (number | null)[][]
}

/** Columns whose numbers differ this much in size are of different kinds. */
const OF_A_KIND = 10

/**
 * All cells are coloured by one measure where they are of one kind, as counts and correlations are; where one column
 * has shares and the next has times, each column is coloured by itself.
 */
export function shadingOf(grid: Grid): Shading {
  const known = grid.values.flat().filter((value) => value !== null)
  const strongest = grid.columns.map((_, i) => Math.max(0, ...grid.values.map((row) => Math.abs(row[i] ?? 0))))
  const sizes = strongest.filter((size) => size > 0)
  const areCounts = known.every(Number.isInteger)
  const byColumn = !areCounts && sizes.length > 1 && Math.max(...sizes) / Math.min(...sizes) > OF_A_KIND
  const all = Math.max(0, ...strongest)
  return {
    byColumn,
    strengths: grid.values.map((row) =>
      row.map((value, i) => {
        const most = byColumn ? (strongest[i] ?? 0) : all
        return value === null ? null : most === 0 ? 0 : value / most
      }),
    ),
  }
}

/** A node of a dendrogram: where it stands, from 0 to 1 along the heights and in rows of leaves. */
export interface Knot {
  at: number
  row: number
}

/** Where leaves and joins stand, so that no line crosses another; the leaves in the order in which they are drawn. */
export function treeOf(figure: Joins): { knots: Map<number, Knot>; order: number[] } {
  const leaves = figure.leaves.length
  const highest = Math.max(0, ...figure.joins.map((join) => join.height ?? 0)) || 1
  const below = new Set(figure.joins.flatMap((join) => [join.left, join.right]))
  const roots = [...Array(leaves + figure.joins.length).keys()].filter((node) => !below.has(node))
  const order: number[] = []
  // Walked without recursion: a chain of joins is as deep as there are leaves.
  const open = roots.reverse()
  while (open.length) {
    const node = open.pop() ?? 0
    const join = figure.joins[node - leaves]
    if (join) open.push(join.right, join.left)
    else if (node < leaves) order.push(node)
  }
  const knots = new Map<number, Knot>(order.map((leaf, row) => [leaf, { at: 0, row }]))
  figure.joins.forEach((join, i) => {
    const rows = [knots.get(join.left)?.row ?? 0, knots.get(join.right)?.row ?? 0]
    knots.set(leaves + i, { at: (join.height ?? 0) / highest, row: ((rows[0] ?? 0) + (rows[1] ?? 0)) / 2 })
  })
  return { knots, order }
}
