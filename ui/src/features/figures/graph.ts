import type { EChartsCoreOption } from 'echarts/core'
import type { Graph } from '@/api/types'
import { textIn } from '@/language/i18n'
import type { Talk } from '@/language/talk'
import { shown } from './figures'
import { frame, tip, type Look } from './options'

/** More arrows than these nobody tells apart. */
const MOST = 40
const THINNEST = 1
const THICKEST = 6
const FAINTEST = 0.3
/** Room for names around the circle. */
const DESK = 130
const PHONE = 92
const DOT = 12
const JOINT = 5

/** A product on the circle, or the point inside it where the products of one rule come together. */
export interface Spot {
  name: string
  x: number
  y: number
  /** Where it lies on the circle; null inside. */
  turn: number | null
}

export interface Line {
  from: number
  to: number
  arrow: number
  /** Whether it ends at a product. */
  ends: boolean
}

/** Where everything is drawn: products on a circle, those that go together beside each other as far as a circle lets them. */
export function spotsOf(graph: Graph, talk: Talk): { spots: Spot[]; lines: Line[] } {
  const arrows = graph.arrows.slice(0, MOST)
  const order = orderOf(graph.nodes.length, arrows)
  const spots: Spot[] = graph.nodes.map((node, i) => {
    const turn = (2 * Math.PI * order.indexOf(i)) / graph.nodes.length
    return { name: textIn(talk.locale, node), x: Math.cos(turn), y: Math.sin(turn), turn }
  })
  const lines: Line[] = []
  arrows.forEach((arrow, at) => {
    const [only] = arrow.from
    if (arrow.from.length === 1 && only !== undefined) {
      lines.push({ from: only, to: arrow.to, arrow: at, ends: true })
      return
    }
    const all = [...arrow.from, arrow.to].flatMap((i) => spots[i] ?? [])
    const middle = (of: (spot: Spot) => number) => (0.75 * all.reduce((sum, spot) => sum + of(spot), 0)) / all.length
    const joint = spots.push({ name: '', x: middle((spot) => spot.x), y: middle((spot) => spot.y), turn: null }) - 1
    for (const from of arrow.from) lines.push({ from, to: joint, arrow: at, ends: false })
    lines.push({ from: joint, to: arrow.to, arrow: at, ends: true })
  })
  return { spots, lines }
}

/** From product to product that is led to most often and has no place yet. */
function orderOf(nodes: number, arrows: Graph['arrows']): number[] {
  const ties = Array.from({ length: nodes }, () => new Array<number>(nodes).fill(0))
  for (const arrow of arrows) {
    for (const from of arrow.from) {
      for (const [a, b] of [[from, arrow.to], [arrow.to, from]] as const) {
        const row = ties[a]
        if (row) row[b] = (row[b] ?? 0) + 1
      }
    }
  }
  const left = new Set(ties.keys())
  const order: number[] = []
  while (left.size) {
    const last = order.at(-1)
    const tie = (node: number) => (last === undefined ? 0 : (ties[last]?.[node] ?? 0))
    const next = [...left].reduce((best, node) => (tie(node) > tie(best) ? node : best))
    left.delete(next)
    order.push(next)
  }
  return order
}

/** A rule in words: tea, pot → cup. */
export function ruleOf(graph: Graph, arrow: Graph['arrows'][number], talk: Talk): string {
  const name = (i: number) => (graph.nodes[i] ? textIn(talk.locale, graph.nodes[i]) : '')
  return `${arrow.from.map(name).join(', ')} → ${name(arrow.to)}`
}

/** From the least to the most of what is known, as 0 to 1; all alike are in the middle. */
function along(values: (number | null)[]): (value: number | null) => number {
  const known = values.filter((value) => value !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return (value) => (value === null || !known.length ? 0 : most === least ? 0.5 : (value - least) / (most - least))
}

export function graphOption(graph: Graph, look: Look, talk: Talk): EChartsCoreOption {
  const { spots, lines } = spotsOf(graph, talk)
  const arrows = graph.arrows.slice(0, MOST)
  const width = along(arrows.map((one) => one.width))
  const strength = along(arrows.map((one) => one.strength))
  const room = look.names < 150 ? PHONE : DESK
  const [wide, strong] = [textIn(talk.locale, graph.width), textIn(talk.locale, graph.strength)]
  return {
    ...frame(look, talk),
    tooltip: {
      ...tip(look),
      formatter: (at: { dataType?: string; name?: string; data?: { arrow?: number } }) => {
        const arrow = arrows[at.data?.arrow ?? -1]
        if (!arrow) return at.name ?? ''
        return [ruleOf(graph, arrow, talk), `${wide}: ${shown(arrow.width, talk)}`, `${strong}: ${shown(arrow.strength, talk)}`].join('\n')
      },
    },
    series: [
      {
        type: 'graph',
        layout: 'none',
        left: room,
        right: room,
        top: room,
        bottom: room,
        // Two corners that nobody sees hold the circle in its place, however few products there are.
        data: [...spots.map((spot, i) => node(spot, i, lines, look, room)), corner(-1), corner(1)],
        links: lines.map((line) => ({
          source: line.from,
          target: line.to,
          arrow: line.arrow,
          symbol: ['none', line.ends ? 'arrow' : 'none'],
          symbolSize: 9,
          lineStyle: {
            width: THINNEST + (THICKEST - THINNEST) * width(arrows[line.arrow]?.width ?? null),
            opacity: FAINTEST + (1 - FAINTEST) * strength(arrows[line.arrow]?.strength ?? null),
            color: look.colours[0],
            curveness: 0.18,
          },
        })),
        emphasis: { focus: 'adjacency', label: { show: true } },
      },
    ],
  }
}

function node(spot: Spot, i: number, lines: Line[], look: Look, room: number) {
  const at = { id: String(i), name: spot.name, x: spot.x, y: spot.y }
  if (spot.turn === null) {
    return { ...at, symbolSize: JOINT, itemStyle: { color: look.muted }, label: { show: false }, tooltip: { show: false } }
  }
  const isLed = lines.some((line) => line.ends && line.to === i)
  return {
    ...at,
    symbolSize: DOT,
    symbol: isLed ? 'circle' : 'rect',
    itemStyle: { color: isLed ? look.colours[1] : look.colours[2] },
    label: { show: true, color: look.ink, width: room - 2 * DOT, overflow: 'truncate', ...outward(spot.turn) },
  }
}

/** Names stand like rays, so that no two lie on each other; on the left side they are turned to be read from left to right. */
export function outward(turn: number) {
  const [x, y] = [Math.cos(turn), Math.sin(turn)]
  const isLeft = x < -1e-9
  const away = DOT / 2 + 5
  return {
    position: [DOT / 2 + away * x, DOT / 2 + away * y],
    align: isLeft ? 'right' : 'left',
    verticalAlign: 'middle',
    rotate: (-(isLeft ? turn - Math.PI : turn) * 180) / Math.PI,
  }
}

function corner(at: number) {
  return { id: `corner ${at}`, name: '', x: at, y: at, symbolSize: 0, label: { show: false }, tooltip: { show: false }, itemStyle: { opacity: 0 }, silent: true }
}
