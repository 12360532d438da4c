import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Goal, Model, PluginCard } from '@/api/types'

/** In the order in which an owner comes to ask. */
export const GOALS: Goal[] = ['groups', 'baskets', 'churn', 'value', 'next-purchase', 'describe']

const SOON = 700
const LATER = 15_000

/** What each instance of a profiler has learnt last. */
export function useLatest() {
  return useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/models', { signal })),
    refetchInterval: LATER,
  })
}

export function useModel(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['model', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/models/{id}', { params: { path: { id: toValue(id) } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'writing' ? SOON : LATER),
  })
}

/** Everything that an instance has learnt, newest first. */
export function useModelsOf(instance: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['models-of', instance],
    queryFn: ({ signal }) => body(api.GET('/api/v1/instances/{id}/models', { params: { path: { id: toValue(instance) } }, signal })),
    enabled: () => toValue(instance) !== '',
    refetchInterval: LATER,
  })
}

/** The run that is under way, or the last one. */
export function useRun(instance: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['run-of', instance],
    queryFn: async ({ signal }) => {
      const { items } = await body(api.GET('/api/v1/instances/{id}/runs', { params: { path: { id: toValue(instance) } }, signal }))
      return items[0] ?? null
    },
    enabled: () => toValue(instance) !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? SOON : LATER),
  })
}

/** When it is repeated, which of its models counts and which waits. */
export function useUpkeep(instance: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['upkeep', instance],
    queryFn: ({ signal }) => body(api.GET('/api/v1/instances/{id}/upkeep', { params: { path: { id: toValue(instance) } }, signal })),
    enabled: () => toValue(instance) !== '',
    refetchInterval: LATER,
  })
}

/** Profilers that call for the owner: a new model waits for a word, or people have moved away. */
export function useCalling() {
  return useQuery({
    queryKey: ['upkeep'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/upkeep', { signal })),
    refetchInterval: LATER,
  })
}

/** Everything that changes when a run ends or another model counts. */
export const TOUCHED = ['run-of', 'models', 'models-of', 'model', 'columns-of', 'segments', 'upkeep']

/** What a profiler asks for, and of how many people that is known. */
export function useColumns(instance: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['columns-of', instance],
    queryFn: ({ signal }) => body(api.GET('/api/v1/instances/{id}/columns', { params: { path: { id: toValue(instance) } }, signal })),
    enabled: () => toValue(instance) !== '',
    staleTime: 30_000,
    retry: false,
  })
}

export function useInstance(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['instances', 'one', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/instances/{id}', { params: { path: { id: toValue(id) } }, signal })),
    enabled: () => toValue(id) !== '',
    retry: false,
  })
}

/** Plugins that say they are for a goal: those that run, those that could, and those that wait for the owner's word. */
export function suitable(cards: PluginCard[], goal: Goal): PluginCard[] {
  const rank = (card: PluginCard) => (card.state === 'running' ? 0 : card.current ? 1 : 2)
  return cards.filter((card) => goalsOf(card).includes(goal)).toSorted((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id))
}

export function goalsOf(card: PluginCard | undefined): Goal[] {
  return (card?.current ?? card?.candidate)?.goals ?? []
}

export const isProfiler = (card: PluginCard) => card.kinds.includes('profiler') || goalsOf(card).length > 0

/** Names of people's own making, in their order. */
export const byTime = (a: Model, b: Model) => b.at.localeCompare(a.at)
