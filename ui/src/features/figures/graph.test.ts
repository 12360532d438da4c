import { describe, expect, it } from 'vitest'
import type { Graph, Text } from '@/api/types'
import { talkIn } from '@/testing/talk'
import { rowsOf } from './figures'
import { graphOption, outward, spotsOf } from './graph'
import type { Look } from './options'

const english = await talkIn('en')
const say = (en: string): Text => ({ en, 'zh-CN': `${en}!` })
const LOOK: Look = { colours: ['#111', '#222', '#333'], ink: '#000', muted: '#555', line: '#999', surface: '#fff', font: 'sans', alert: '#f00', names: 150 }
const GRAPH: Graph = {
  kind: 'graph', title: say('Rules'), width: say('lift'), strength: say('confidence %'),
  nodes: [say('tea'), say('sofa'), say('pot'), say('cup')],
  arrows: [
    { from: [0], to: 2, width: 3, strength: 80 },
    { from: [0, 2], to: 3, width: 1.2, strength: 40 },
  ],
}

interface Link { source: number; target: number; symbol: string[]; lineStyle: { width: number; opacity: number } }
const series = (graph: Graph) => (graphOption(graph, LOOK, english).series as { data: object[]; links: Link[] }[])[0]

describe('a graph', () => {
  it('isTheSameAsATable', () => {
    expect(rowsOf(GRAPH, english)).toEqual({
      head: ['Whoever has', 'also has', 'lift', 'confidence %'],
      rows: [['tea', 'pot', '3', '80'], ['tea and pot', 'cup', '1.2', '40']],
    })
  })

  it('leadsSeveralProductsTogetherBeforeTheyLeadOn', () => {
    const { spots, lines } = spotsOf(GRAPH, english)

    expect(spots).toHaveLength(5)
    expect(lines.map((one) => [one.from, one.to, one.ends])).toEqual([[0, 2, true], [0, 4, false], [2, 4, false], [4, 3, true]])
    expect(Math.hypot(spots[4]?.x ?? 1, spots[4]?.y ?? 1)).toBeLessThan(1)
  })

  it('drawsWhatIsSurerDarkerAndWhatIsStrongerThicker', () => {
    const [first, second] = series(GRAPH)?.links ?? []

    expect(first?.lineStyle).toMatchObject({ width: 6, opacity: 1 })
    expect(second?.lineStyle.width).toBe(1)
    expect(second?.lineStyle.opacity).toBeCloseTo(0.3)
    expect(first?.symbol).toEqual(['none', 'arrow'])
  })

  it('putsWhatGoesTogetherSideBySide', () => {
    const { spots } = spotsOf(GRAPH, english)
    const steps = (a: number, b: number) => Math.round((4 * Math.abs((spots[a]?.turn ?? 0) - (spots[b]?.turn ?? 0))) / (2 * Math.PI))

    expect(steps(0, 2)).toBe(1)
    expect(steps(2, 3)).toBe(1)
  })

  it('drawsNoMoreArrowsThanCanBeToldApart', () => {
    const arrows = Array.from({ length: 60 }, () => ({ from: [0], to: 1, width: 2, strength: 50 }))

    expect(series({ ...GRAPH, arrows })?.links).toHaveLength(40)
    expect(rowsOf({ ...GRAPH, arrows }, english).rows).toHaveLength(60)
  })

  it('writesNamesSoThatNoneStandsOnItsHead', () => {
    for (let i = 0; i < 24; i++) {
      expect(Math.abs(outward((2 * Math.PI * i) / 24).rotate % 360)).not.toBeCloseTo(180)
    }
    expect(outward(Math.PI).align).toBe('right')
  })
})
