import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { api, body } from '@/api/client'

/** What was entered is a row that a lane has to judge; it shows within moments. */
const MOMENTS_MILLIS = [0, 400, 1_500]

export type Value = string | number | boolean

/** Who somebody is, asked for in this order; each is a typed field. */
export const WHO = ['age', 'gender', 'city', 'country', 'occupation', 'education', 'income_level'] as const

/** What else can be entered by hand. */
export const NAMES = ['name', 'first_name', 'last_name', 'language', 'birthday', 'company', 'favourite_category', 'favourite_brand'] as const

/** What somebody likes is worked out, but the owner may know better: what is entered stands before it. */
const PREFERENCES = ['favourite_category', 'favourite_brand']

export function isPreference(key: string): boolean {
  return PREFERENCES.includes(key)
}

/** Computed from what happened: entered by hand it would be wrong with the next order. */
export function isOurs(source: string): boolean {
  return source === 'computed' || source === 'own' || source.startsWith('profiler')
}

export function useByHand(id: () => string) {
  const client = useQueryClient()
  const refresh = () => {
    for (const pause of MOMENTS_MILLIS) {
      setTimeout(() => {
        for (const key of ['profile', 'timeline']) client.invalidateQueries({ queryKey: [key, id()] })
        client.invalidateQueries({ queryKey: ['profiles'] })
      }, pause)
    }
  }
  const path = () => ({ path: { id: id() } })
  return {
    traits: useMutation({
      mutationFn: (traits: Record<string, Value>) => body(api.POST('/api/v1/profiles/{id}/traits', { params: path(), body: { traits } })),
      onSuccess: refresh,
    }),
    consent: useMutation({
      mutationFn: (consent: { purpose: string; granted: boolean; source: string; note?: string }) =>
        body(api.POST('/api/v1/profiles/{id}/consents', { params: path(), body: consent })),
      onSuccess: refresh,
    }),
  }
}
