import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { api, body } from '@/api/client'
import type { Import, ImportOrder } from '@/api/types'
import type { Values } from '@/parts/schema'

/** What a column can mean, by what a row is. */
export const TARGETS = {
  customers: [],
  orders: ['order.id', 'order.time', 'order.total', 'order.currency', 'line.product', 'line.name', 'line.category', 'line.quantity', 'line.price'],
  products: ['product.id', 'product.name', 'product.category', 'product.price', 'product.currency'],
} as const
export const IDENTIFIERS = ['email', 'userId', 'phone'] as const

export type Kind = keyof typeof TARGETS

/** What the preview of a file says. */
export interface Outlook {
  counts: Record<string, number>
  samples: Record<string, Sample[]>
}

export interface Sample {
  row: number
  field?: string
  old?: unknown
  new?: unknown
  reason?: Record<string, string>
  raw?: string
  identifiers?: Record<string, string>
  properties?: Record<string, unknown>
}

/** A key for a column that becomes a fact of its own: "Customer Group" as customer_group, the third without letters as field_3. */
export function traitKey(column: string, at: number): string {
  const key = column
    .normalize('NFKC')
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(key) ? key : `field_${key || at + 1}`).slice(0, 60)
}

const runs = (file: Import | undefined) =>
  [file?.job, file?.preview, file?.undo].some((job) => job?.state === 'running') || file?.state === 'running' || file?.state === 'undoing'

export function useImport(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  const params = computed(() => ({ path: { id: toValue(id) } }))
  const key = computed(() => ['imports', toValue(id)])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => body(api.GET('/api/v1/imports/{id}', { params: params.value, signal })),
    refetchInterval: (it) => (runs(it.state.data) ? 1_000 : false),
    retry: false,
  })

  const acts = {
    preview: ({ settings, mapping }: ImportOrder) =>
      body(api.POST('/api/v1/imports/{id}/preview', { params: params.value, body: { settings, mapping } })),
    start: (order: ImportOrder) => body(api.POST('/api/v1/imports/{id}/start', { params: params.value, body: order })),
    resume: () => body(api.POST('/api/v1/imports/{id}/resume', { params: params.value, body: {} })),
    undo: () => body(api.POST('/api/v1/imports/{id}/undo', { params: params.value, body: {} })),
    cancel: (job: string) => body(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id: job } }, body: {} })),
  }
  const act = useMutation({
    mutationFn: (what: (from: typeof acts) => Promise<unknown>) => what(acts),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
  const survey = useMutation({
    mutationFn: (settings: Values) =>
      body(api.POST('/api/v1/imports/{id}/survey', { params: params.value, body: { settings } })),
    onSuccess: (now) => client.setQueryData(key.value, now),
  })
  return { query, act, survey }
}
