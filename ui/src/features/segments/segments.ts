import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Condition, Segment, SegmentCount, Text } from '@/api/types'
import type { Formats } from '@/language/format'

const PAUSE_MILLIS = 300
const PROGRESS_MILLIS = 700

export function useSegments() {
  return useQuery({
    queryKey: ['segments'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/segments', { signal })),
    refetchInterval: 15_000,
  })
}

export function useSegment(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['segment', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/segments/{id}', { params: { path: { id: toValue(id) } }, signal })),
    refetchInterval: 15_000,
  })
}

export function useWords() {
  return useQuery({
    queryKey: ['segment-words'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/segments/words', { signal })),
    staleTime: 60_000,
  })
}

/** Names of segments by id, as sentences about conditions want them. */
export function namesOf(segments: Segment[] | undefined): Map<string, Text> {
  return new Map((segments ?? []).map((segment) => [segment.id, segment.name]))
}

/** Whom a condition holds for, once it rests for a moment: first an estimate, where there are many, then the exact number. */
export function usePreview(condition: MaybeRefOrGetter<Condition | null>, person: MaybeRefOrGetter<string | null>) {
  const asked = ref(toValue(condition))
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(toValue(condition)),
    () => {
      clearTimeout(pause)
      pause = setTimeout(() => (asked.value = toValue(condition)), PAUSE_MILLIS)
    },
  )
  const question = async (exact: boolean, about: string | null, signal: AbortSignal, count?: string) => {
    const condition = asked.value ?? { all: [] }
    const found = await body(api.POST('/api/v1/segments/preview', { body: { condition, exact, person: about ?? undefined, count }, signal }))
    return { ...found, condition }
  }
  const soon = useQuery({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) => question(false, null, signal),
    enabled: () => asked.value !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  // Whoever goes away or asks something else hangs up, and the server counts no further.
  const counted = ref('')
  const exact = useQuery({
    queryKey: ['preview-exact', asked],
    queryFn: ({ signal }) => {
      counted.value = crypto.randomUUID?.() ?? String(Math.random())
      return question(true, null, signal, counted.value)
    },
    enabled: () => asked.value !== null && soon.data.value?.count.exact === false && !soon.isPlaceholderData.value,
  })
  const progress = useQuery({
    queryKey: ['preview-progress', counted],
    queryFn: ({ signal }) => body(api.GET('/api/v1/segments/counts/{count}', { params: { path: { count: counted.value } }, signal })),
    enabled: () => exact.isFetching.value && counted.value !== '',
    refetchInterval: PROGRESS_MILLIS,
    retry: false,
    gcTime: 0,
  })
  const about = useQuery({
    queryKey: ['preview-person', asked, person],
    queryFn: ({ signal }) => question(false, toValue(person), signal),
    enabled: () => asked.value !== null && toValue(person) !== null,
    placeholderData: keepPreviousData,
  })
  return {
    soon,
    exact,
    count: computed(() => exact.data.value?.count ?? soon.data.value?.count),
    /** Line by line and beside other segments, once everybody was counted, with the condition that was asked. */
    whole: computed(() => {
      const { count, lines, overlaps, condition } = exact.data.value ?? soon.data.value ?? {}
      return count && lines && overlaps && condition ? { people: count.people, value: count.value, lines, overlaps, condition } : null
    }),
    sample: computed(() => soon.data.value?.sample ?? []),
    verdict: computed(() => (toValue(person) === null ? null : (about.data.value?.person ?? null))),
    /** What is shown belongs to the condition before. */
    behind: computed(() => soon.isPlaceholderData.value || JSON.stringify(asked.value) !== JSON.stringify(toValue(condition))),
    counting: computed(() => exact.isFetching.value),
    /** How far the exact count is, while it goes on. */
    progress: computed(() => {
      const told = progress.data.value
      return exact.isFetching.value && told && told.people > 0 ? told : null
    }),
    /** Why there is no exact number. */
    uncounted: computed(() => (exact.isFetching.value ? null : exact.error.value)),
  }
}

/** A number of two digits more than can be told apart is noise. */
export function rounded(count: SegmentCount): { value: number; margin: number } {
  const margin = Math.max(count.high - count.value, count.value - count.low)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, margin))) - 1)
  return { value: Math.round(count.value / unit) * unit, margin: Math.ceil(margin / unit) * unit }
}

export function countSentence(count: SegmentCount, t: (key: string, values: Record<string, unknown>, plural: number) => string, format: Formats): string {
  if (count.exact) return t('segments.count.exact', { n: format.number(count.value) }, count.value)
  const { value, margin } = rounded(count)
  return t('segments.count.about', { n: format.number(value), margin: format.number(margin) }, value)
}
