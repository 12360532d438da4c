import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Campaign, CampaignChange, Rehearsal } from '@/api/types'

const MOVING_MILLIS = 1_000
const CALM_MILLIS = 10_000

/** A campaign and the revision that a change of it names. */
export interface Seen {
  campaign: Campaign
  tag: string
}

export function useCampaigns() {
  return useInfiniteQuery({
    queryKey: ['campaigns'],
    queryFn: ({ pageParam, signal }) => body(api.GET('/api/v1/campaigns', { params: { query: { limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: CALM_MILLIS,
  })
}

async function seen(call: Promise<{ data?: Campaign; error?: unknown; response: Response }>): Promise<Seen> {
  const answer = await call
  const campaign = await body(Promise.resolve(answer))
  return { campaign, tag: answer.response.headers.get('ETag') ?? '' }
}

/** Read again often while something is under way that the page shows in numbers. */
export function useCampaign(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => seen(api.GET('/api/v1/campaigns/{id}', { params: { path: { id: toValue(id) } }, signal })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.campaign) ? MOVING_MILLIS : CALM_MILLIS),
  })
}

export function isMoving(campaign: Campaign): boolean {
  return campaign.state === 'released' || campaign.walks.some((walk) => !walk.ended)
}

export function useRecipes() {
  return useQuery({ queryKey: ['recipes'], queryFn: ({ signal }) => body(api.GET('/api/v1/recipes', { signal })), staleTime: Infinity })
}

export function useAudiences() {
  return useQuery({ queryKey: ['audiences'], queryFn: ({ signal }) => body(api.GET('/api/v1/audiences', { signal })) })
}

export function useChange(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ tag, change }: { tag: string; change: CampaignChange }) =>
      seen(api.PUT('/api/v1/campaigns/{id}', { params: { path: { id: toValue(id) }, header: { 'If-Match': tag } }, body: change })),
    onSuccess: (now) => client.setQueryData(['campaign', toValue(id)], now),
  })
}

export type Act =
  | { what: 'activate'; alsoThoseIn: boolean; confirm: number }
  | { what: 'release'; minutes: number; confirm: number }
  | { what: 'pause' | 'resume' | 'end' | 'cancel' }

export function useAct(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: Act) => {
      const params = { path: { id: toValue(id) } }
      switch (act.what) {
        case 'activate':
          return body(api.POST('/api/v1/campaigns/{id}/activate', { params, body: act.alsoThoseIn ? { alsoThoseIn: true, confirm: act.confirm } : {} }))
        case 'release':
          return body(api.POST('/api/v1/campaigns/{id}/release', { params, body: { minutes: act.minutes, confirm: act.confirm } }))
        case 'pause':
          return body(api.POST('/api/v1/campaigns/{id}/pause', { params, body: {} }))
        case 'resume':
          return body(api.POST('/api/v1/campaigns/{id}/resume', { params, body: {} }))
        case 'end':
          return body(api.POST('/api/v1/campaigns/{id}/end', { params, body: {} }))
        case 'cancel':
          return body(api.POST('/api/v1/campaigns/{id}/cancel', { params, body: {} }))
      }
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['campaign', toValue(id)] }), client.invalidateQueries({ queryKey: ['campaigns'] })]),
  })
}

export interface Progress {
  done: number
  total: number
}

/** Counts what would happen, and tells how far it is meanwhile. */
export async function rehearse(id: string, told: (progress: Progress) => void): Promise<Rehearsal> {
  let job = await body(api.POST('/api/v1/campaigns/{id}/rehearse', { params: { path: { id } }, body: {} }))
  while (job.state === 'running') {
    told({ done: job.done, total: job.total })
    await new Promise((go) => setTimeout(go, 300))
    job = await body(api.GET('/api/v1/jobs/{id}', { params: { path: { id: job.id } } }))
  }
  if (job.state !== 'done') throw new Error(job.reason ?? job.state)
  return job.result as unknown as Rehearsal
}
