import { describe, expect, it } from 'vitest'
import { files as english } from './locales/en'
import { files as chinese } from './locales/zh-CN'
import { byFolder } from './i18n'

const sources = import.meta.glob<string>('/src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true })

function keysOf(tree: unknown, path = ''): string[] {
  if (typeof tree !== 'object' || tree === null || typeof (tree as { type?: unknown }).type === 'number') return [path]
  return Object.entries(tree).flatMap(([key, below]) => keysOf(below, path ? `${path}.${key}` : key))
}

const keys = { en: keysOf(byFolder(english)), zh: keysOf(byFolder(chinese)) }
const FOLDERS = Object.keys(byFolder(english)).join('|')

describe('words', () => {
  it('areThereInBothLanguages', () => {
    expect(keys.zh.toSorted()).toEqual(keys.en.toSorted())
    expect(keys.en.length).toBeGreaterThan(150)
  })

  it('areThereForEveryKeyInTheSource', () => {
    const used = new Set<string>()
    for (const [path, source] of Object.entries(sources)) {
      if (path.endsWith('.test.ts')) continue
      for (const match of source.matchAll(new RegExp(`['"\`]((?:${FOLDERS})\\.[\\w.]+)['"\`]`, 'g'))) used.add(match[1] ?? '')
    }

    expect([...used].filter((key) => !keys.en.includes(key))).toEqual([])
    expect(used.size).toBeGreaterThan(60)
  })

  it('areThereUnderEveryPrefixThatIsCompletedAtRunTime', () => {
    const missing: string[] = []
    for (const source of Object.values(sources)) {
      for (const match of source.matchAll(new RegExp(`\`((?:${FOLDERS})\\.[\\w.]*)\\.\\$\\{`, 'g'))) {
        if (!keys.en.some((key) => key.startsWith(`${match[1]}.`))) missing.push(match[1] ?? '')
      }
    }

    expect(missing).toEqual([])
  })
})
