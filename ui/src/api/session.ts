import { computed, shallowRef } from 'vue'
import type { components } from '@schema'

export type Session = components['schemas']['Session']

/** Who is signed in; null until the server has said so, and when it does not answer. */
export const session = shallowRef<Session | null>(null)

/** Whether pages may ask for what is behind the sign-in; they also try when the server has not answered yet. */
export const isInside = computed(() => session.value?.state !== 'setup' && session.value?.state !== 'signedOut')

/** Whether whoever is signed in may do this; a button for what one may not is not shown. */
export function may(permission: string): boolean {
  return session.value?.permissions?.includes(permission) ?? false
}

/** A question for the passphrase that waits for an answer. */
export const confirming = shallowRef<{ answer: (confirmed: boolean) => void } | null>(null)

/** Asks once, however many requests wait for it. */
let asking: Promise<boolean> | null = null
export function confirmed(): Promise<boolean> {
  asking ??= new Promise<boolean>((resolve) => {
    confirming.value = { answer: resolve }
  }).finally(() => {
    confirming.value = null
    asking = null
  })
  return asking
}
