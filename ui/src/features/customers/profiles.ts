import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'

export function useProfiles(search: MaybeRefOrGetter<string>, segment: MaybeRefOrGetter<string> = '', visitors: MaybeRefOrGetter<boolean> = true) {
  return useInfiniteQuery({
    queryKey: ['profiles', search, segment, visitors],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/profiles', {
          params: {
            query: { limit: 50, cursor: pageParam, q: toValue(search) || undefined, segment: toValue(segment) || undefined, visitors: toValue(visitors) ? undefined : false },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  })
}

export function useProfile(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['profile', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/profiles/{id}', { params: { path: { id: toValue(id) } }, signal })),
    refetchInterval: 10_000,
  })
}

export function useTimeline(id: MaybeRefOrGetter<string>) {
  return useInfiniteQuery({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET('/api/v1/profiles/{id}/timeline', {
          params: { path: { id: toValue(id) }, query: { limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 10_000,
  })
}
