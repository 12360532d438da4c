import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'

/** Segments that somebody has come into since the owner looked. */
export function useWatches() {
  return useQuery({
    queryKey: ['watches'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/watches', { signal })),
    refetchInterval: 15_000,
  })
}

export function useWatch(segment: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['watch', segment],
    queryFn: ({ signal }) => body(api.GET('/api/v1/segments/{id}/watch', { params: { path: { id: toValue(segment) } }, signal })),
  })
}

/** Says whether to tell, or until when it was seen. */
export function useWatchChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ segment, ...said }: { segment: string; on?: boolean; seen?: string }) =>
      body(api.POST('/api/v1/segments/{id}/watch', { params: { path: { id: segment } }, body: said })),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['watches'] }), client.invalidateQueries({ queryKey: ['watch'] })]),
  })
}
