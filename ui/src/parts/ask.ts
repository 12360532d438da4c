import { shallowRef } from 'vue'

/** From so many people on, the name must be typed before something is done to them. */
export const MANY_PEOPLE = 1_000

/** A question that is asked before something is done that is hard to undo. */
export interface Question {
  title: string
  text: string
  yes: string
  /** How many people it concerns; up to {@link MANY_PEOPLE} {@link name} need not be typed. */
  people?: number
  name?: string
}

export interface Asked extends Question {
  answer: (yes: boolean) => void
}

export const asked = shallowRef<Asked | null>(null)

/** Asks in a dialog of the shell; a question that is still open is answered No. */
export function ask(question: Question): Promise<boolean> {
  asked.value?.answer(false)
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = null
        resolve(yes)
      },
    }
  })
}

export function mustType(question: Question): boolean {
  return question.name !== undefined && (question.people ?? Infinity) > MANY_PEOPLE
}
