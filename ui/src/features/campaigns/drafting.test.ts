import { describe, expect, it } from 'vitest'
import { begun, changeOf, isSame } from './drafting'

const words = (subject: string) => ({ subject, blocks: [{ paragraph: subject }, { button: 'Go', url: 'https://example.com/' }] })

describe('a draft', () => {
  it('leavesOutALanguageWithoutAnyWord', () => {
    const change = changeOf({
      name: { en: 'Hello', 'zh-CN': ' ' },
      answers: {},
      mails: { one: { en: words('Hi'), 'zh-CN': { subject: ' ', blocks: [{ paragraph: '' }] } } },
    })

    expect(change.name).toEqual({ en: 'Hello' })
    expect(Object.keys(change.mails?.one ?? {})).toEqual(['en'])
  })

  it('beginsAnotherLanguageWithTheSameBlocks', () => {
    expect(begun({ en: words('Hi') }, 'zh-CN')).toEqual({
      subject: '',
      blocks: [{ paragraph: '' }, { button: '', url: 'https://example.com/' }],
    })
    expect(begun({ en: words('Hi') }, 'en')).toEqual(words('Hi'))
  })

  it('isTheSameInWhateverOrderItsFieldsCome', () => {
    const draft = { name: { en: 'A', 'zh-CN': 'B' }, answers: {}, mails: { one: { en: words('Hi') } } }
    const other = { mails: { one: { en: { blocks: [{ paragraph: 'Hi' }, { url: 'https://example.com/', button: 'Go' }], subject: 'Hi' } } }, answers: {}, name: { 'zh-CN': 'B', en: 'A' } }

    expect(isSame(draft, other)).toBe(true)
    expect(isSame(draft, { ...other, name: { en: 'A', 'zh-CN': 'C' } })).toBe(false)
  })
})
