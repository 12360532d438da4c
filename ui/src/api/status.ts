import { useQuery } from '@tanstack/vue-query'
import { api, body } from './client'

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/status', { signal })),
    refetchInterval: 15_000,
  })
}
