import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, body } from '@/api/client'
import type { Import, Job } from '@/api/types'
import type { Values } from '@/parts/schema'

export type Mapping = NonNullable<Import['mapping']>

export const KINDS = ['customers', 'orders', 'products'] as const

/** What a column can mean, by what a row of the file is; facts of a person come beside. */
export const TARGETS: Record<Mapping['kind'], string[]> = {
  customers: ['email', 'phone', 'userId'],
  orders: [
    'email', 'phone', 'userId', 'order.id', 'order.time', 'order.total', 'order.currency',
    'line.product', 'line.name', 'line.category', 'line.quantity', 'line.price',
  ],
  products: ['product.id', 'product.name', 'product.category', 'product.price', 'product.currency'],
}

export const FACTS = ['name', 'first_name', 'last_name', 'age', 'gender', 'city', 'country', 'occupation', 'education', 'income_level', 'language', 'birthday', 'company', 'postcode']

/** A column's own name as the key of a fact; null when nothing of it can be one. */
export function factOf(column: string): string | null {
  const key = column.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 64)
  return key || null
}

export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam, signal }) => body(api.GET('/api/v1/imports', { params: { query: { limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 5_000,
  })
}

const isRunning = (job: Job | null | undefined) => job?.state === 'running'

/** A preview's numbers by what they count, and the first of each kind. */
export interface Looked {
  counts?: Record<string, number>
  samples?: Record<string, Change[]>
}

export interface Change {
  row: number
  field?: string
  column?: string
  old?: unknown
  new?: unknown
  reason?: Record<string, string> | string
}

export function useImport(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/imports/{id}', { params: { path: { id: toValue(id) } }, signal })),
    // Numbers move while a job runs, and nothing does otherwise.
    refetchInterval: ({ state }) => ([state.data?.job, state.data?.preview, state.data?.undo].some(isRunning) ? 700 : 30_000),
  })
}

/** Sends a file as it is. */
export function upload(file: File): Promise<Import> {
  return body(
    api.POST('/api/v1/imports', {
      params: { query: { name: file.name.slice(0, 200) } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file as unknown as string,
      bodySerializer: (content) => content,
    }),
  )
}

/** How the connector reads a file; what a row is goes with the meaning of the columns. */
export function settingsOf(file: Import): Values {
  return Object.fromEntries(Object.entries(file.survey.detected as Values).filter(([key]) => key !== 'kind'))
}
