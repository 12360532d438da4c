import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { ProfileSummary } from '@/api/types'
import type { Talk } from '@/language/talk'
import { traitLabel, traitValue } from '@/language/traits'

/** What was ordered is a row that lanes have to judge, for two people; it shows within moments. */
const MOMENTS_MILLIS = [0, 500, 2_000]

export function useDoubles() {
  return useInfiniteQuery({
    queryKey: ['doubles'],
    queryFn: ({ pageParam, signal }) => body(api.GET('/api/v1/doubles', { params: { query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

export function useDoublesOf(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['doubles', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/profiles/{id}/doubles', { params: { path: { id: toValue(id) } }, signal })),
  })
}

export function useParts(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['parts', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/profiles/{id}/parts', { params: { path: { id: toValue(id) } }, signal })),
  })
}

export function useTogether(id: MaybeRefOrGetter<string>, other: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: ['together', id, other],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/profiles/{id}/together/{other}', { params: { path: { id: toValue(id), other: toValue(other) ?? '' } }, signal }),
      ),
    enabled: computed(() => toValue(other) !== null),
    gcTime: 0,
  })
}

export function useSamePerson() {
  const client = useQueryClient()
  const onSuccess = () => {
    for (const pause of MOMENTS_MILLIS) {
      setTimeout(() => {
        for (const key of ['profile', 'profiles', 'timeline', 'doubles', 'parts']) client.invalidateQueries({ queryKey: [key] })
      }, pause)
    }
  }
  const order = (path: '/api/v1/profiles/{id}/merge' | '/api/v1/profiles/{id}/unmerge' | '/api/v1/profiles/{id}/apart') =>
    useMutation({
      mutationFn: ({ id, other }: { id: string; other: string }) => body(api.POST(path, { params: { path: { id } }, body: { other } })),
      onSuccess,
    })
  return { merge: order('/api/v1/profiles/{id}/merge'), unmerge: order('/api/v1/profiles/{id}/unmerge'), apart: order('/api/v1/profiles/{id}/apart') }
}

/** One fact of several profiles, each in its place; empty where it is not known. */
export interface Line {
  label: string
  values: string[]
}

/** Everything that is known of any of them, line by line. */
export function lines(people: ProfileSummary[], talk: Talk): Line[] {
  const kinds = [...new Set(people.flatMap((person) => Object.keys(person.identifiers)))]
  const traits = [...new Set(people.flatMap((person) => Object.keys(person.traits)))].sort()
  return [
    ...kinds.map((kind) => ({
      label: talk.t(`language.identifier.${kind}`),
      values: people.map((person) => (person.identifiers[kind] ?? []).join(', ')),
    })),
    ...traits.map((key) => ({
      label: traitLabel(key, talk),
      values: people.map((person) => {
        const value = person.traits[key]
        return value === undefined || value === null ? '' : traitValue(key, value, talk)
      }),
    })),
  ]
}
