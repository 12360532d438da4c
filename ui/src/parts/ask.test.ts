import { describe, expect, it } from 'vitest'
import { ask, asked, mustType } from './ask'

const question = { title: 'Remove?', text: 'It goes.', yes: 'Remove' }

describe('ask', () => {
  it('isAnsweredOnceByWhoeverIsAsked', async () => {
    const answer = ask(question)

    expect(asked.value?.title).toBe('Remove?')
    asked.value?.answer(true)

    expect(await answer).toBe(true)
    expect(asked.value).toBeNull()
  })

  it('takesAnOpenQuestionForNoWhenAnotherIsAsked', async () => {
    const first = ask(question)
    const second = ask(question)

    expect(await first).toBe(false)
    asked.value?.answer(true)
    expect(await second).toBe(true)
  })

  it('wantsTheNameTypedAboveAThousandPeopleOnly', () => {
    expect(mustType({ ...question, name: 'Regulars', people: 1_001 })).toBe(true)
    expect(mustType({ ...question, name: 'Regulars', people: 1_000 })).toBe(false)
    expect(mustType({ ...question, people: 5_000 })).toBe(false)
    expect(mustType({ ...question, name: 'Ada' }), 'what cannot be undone').toBe(true)
  })
})
