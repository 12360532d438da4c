import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { api, body } from '@/api/client'
import type { PluginCard } from '@/api/types'
import { textIn } from '@/language/i18n'
import type { Schema } from '@/parts/schema'

export function usePlugins() {
  return useQuery({
    queryKey: ['plugins'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/plugins', { signal })),
    refetchInterval: 5_000,
  })
}

/** One plugin, its form, and what can be done to it. */
export function usePlugin(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient()
  const path = computed(() => ({ path: { id: toValue(id) } }))
  const query = useQuery({
    queryKey: ['plugins', id],
    queryFn: ({ signal }) => body(api.GET('/api/v1/plugins/{id}', { params: path.value, signal })),
    enabled: () => toValue(id) !== '',
    refetchInterval: 5_000,
    retry: false,
  })
  const schema = useQuery({
    queryKey: ['plugins', id, 'schema'],
    queryFn: async ({ signal }) => (await body(api.GET('/api/v1/plugins/{id}/schema', { params: path.value, signal }))) as Schema,
    enabled: computed(() => query.data.value?.state === 'running'),
    retry: false,
  })

  const acts = {
    enable: () => api.POST('/api/v1/plugins/{id}/enable', { params: path.value, body: {} }),
    disable: (force: boolean) => api.POST('/api/v1/plugins/{id}/disable', { params: path.value, body: { force } }),
    rollback: () => api.POST('/api/v1/plugins/{id}/rollback', { params: path.value, body: {} }),
    install: (sha256: string) => api.POST('/api/v1/plugins/{id}/install', { params: path.value, body: { sha256 } }),
  }
  const change = useMutation({
    mutationFn: (act: (from: typeof acts) => ReturnType<(typeof acts)['enable']>) => body<PluginCard>(act(acts)),
    onSettled: () => client.invalidateQueries({ queryKey: ['plugins'] }),
  })
  const remove = useMutation({
    mutationFn: () => body(api.POST('/api/v1/plugins/{id}/remove', { params: path.value, body: { force: true } })),
    onSuccess: () => client.removeQueries({ queryKey: ['plugins', id] }),
  })
  return { query, schema, change, remove }
}

export function versionOf(card: PluginCard) {
  return card.current ?? card.candidate
}

/** What people call a plugin; of a zip that is none there is only its id. */
export function nameOf(card: PluginCard, locale: string): string {
  const name = versionOf(card)?.name
  return name ? textIn(locale, name) : card.id
}

export function useAllInstances() {
  return useQuery({
    queryKey: ['instances'],
    queryFn: ({ signal }) => body(api.GET('/api/v1/instances', { signal })),
  })
}

/** Those that can be changed here: not what the command line says, nor the mail catcher that stands in for it. */
export function useInstances(plugin: MaybeRefOrGetter<string>) {
  const query = useAllInstances()
  return computed(() => query.data.value?.items.filter((one) => one.plugin === toValue(plugin) && one.setBy === 'page') ?? [])
}
