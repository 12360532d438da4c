import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Text } from '@/api/types'
import { ownFields } from '@/language/ownFields'

const PAUSE_MILLIS = 400
const KEY = ['fields']

/** The fields that the owner has made; whoever asks also tells every page their names. */
export function useOwnFields(enabled: MaybeRefOrGetter<boolean> = true) {
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => body(api.GET('/api/v1/fields', { signal })),
    enabled: () => toValue(enabled),
    staleTime: 60_000,
  })
  watch(
    query.data,
    (found) => {
      if (found) ownFields.value = new Map(found.items.map((one) => [one.key, one]))
    },
    { immediate: true },
  )
  return query
}

/** What a formula would give, once it rests for a moment. */
export function useFieldPreview(formula: () => string) {
  const asked = ref('')
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(formula, (written) => {
    clearTimeout(pause)
    pause = setTimeout(() => (asked.value = written.trim() ? written : ''), PAUSE_MILLIS)
  })
  const query = useQuery({
    queryKey: ['field-preview', asked],
    queryFn: ({ signal }) => body(api.POST('/api/v1/fields/preview', { body: { formula: asked.value }, signal })),
    enabled: () => asked.value !== '',
    retry: false,
    staleTime: 5_000,
  })
  return { query, asked }
}

export function useFieldChanges() {
  const client = useQueryClient()
  const changed = () => Promise.all([KEY, ['segment-words'], ['profile']].map((queryKey) => client.invalidateQueries({ queryKey })))
  const make = useMutation({
    mutationFn: (told: { name: Partial<Text>; formula: string }) => body(api.POST('/api/v1/fields', { body: told })),
    onSuccess: changed,
  })
  const remove = useMutation({
    mutationFn: (key: string) => body(api.POST('/api/v1/fields/{key}/remove', { params: { path: { key } }, body: {} })),
    onSuccess: changed,
  })
  return { make, remove }
}
