import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { begun, changeOf, faultsOf } from './drafting'

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

  it('saysWhatIsWrongByItsPlace', () => {
    const problem = { type: '', title: '', status: 400, detail: '', instance: '', code: '', traceId: '', errors: [{ pointer: '/name', code: 'x', message: 'A name, please.' }] }

    expect(faultsOf(new ApiError(400, problem)).get('/name')).toBe('A name, please.')
    expect(faultsOf(null).size).toBe(0)
  })
})
