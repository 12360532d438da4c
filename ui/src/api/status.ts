import { useQuery } from '@tanstack/vue-query'
import { api, body } from './client'
import { isInside } from './session'

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/status', { signal })),
    enabled: isInside,
    refetchInterval: 15_000,
  })
}
