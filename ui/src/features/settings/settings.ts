import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { api, body } from '@/api/client'
import type { Company } from '@/api/types'

/** The sentence that people agree to, as far as it is written. */
export function agreementOf(company: Company | undefined) {
  return { en: '', 'zh-CN': '', ...company?.agreement }
}

/** The same for who reads one language, in the other where there is no other. */
export function agreementIn(locale: string, company: Company | undefined): string {
  const { en, 'zh-CN': chinese } = agreementOf(company)
  return locale === 'en' ? en || chinese : chinese || en
}

export function useCompany() {
  return useQuery({ queryKey: ['company'], queryFn: ({ signal }) => body(api.GET('/api/v1/company', { signal })) })
}

/** Backups that there are, and the one that is being made, also when the page was opened meanwhile. */
export function useBackups() {
  const client = useQueryClient()
  const list = useQuery({ queryKey: ['backups'], queryFn: ({ signal }) => body(api.GET('/api/v1/backups', { signal })) })
  const started = ref('')
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => body(api.GET('/api/v1/jobs', { signal })) })
  const job = useQuery({
    queryKey: ['job', started],
    queryFn: ({ signal }) => body(api.GET('/api/v1/jobs/{id}', { params: { path: { id: started.value } }, signal })),
    enabled: computed(() => started.value !== ''),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 400 : false),
  })
  watch(jobs.data, (all) => {
    started.value ||= all?.items.find((one) => one.kind === 'backup' && one.state === 'running')?.id ?? ''
  }, { immediate: true })
  watch(() => job.data.value?.state, (state) => {
    if (state && state !== 'running') client.invalidateQueries({ queryKey: ['backups'] })
  })

  const make = useMutation({
    mutationFn: () => body(api.POST('/api/v1/backups', { body: {} })),
    onSuccess: (made) => (started.value = made.id),
  })
  const take = useMutation({
    mutationFn: (name: string) => body(api.POST('/api/v1/backups/{name}/link', { params: { path: { name } }, body: {} })),
    onSuccess: ({ link }) => hand(link),
  })
  return { list, job, make, take }
}

/** As if a link for keeping had been clicked: the page stays, and the browser shows how far it is. */
function hand(link: string) {
  const anchor = document.createElement('a')
  anchor.href = link
  anchor.download = ''
  anchor.click()
}

/** What brings a backup back, beside what is there now: a store is never written over. */
export function restoring(file: string, folder: string): string {
  const home = quoted(`${folder.replace(/[\\/]backups$/, '')}-restored`)
  return `core/soloist restore --file ${quoted(file)} \\\n  --home ${home}\ncore/soloist start --home ${home}`
}

/** Of a shell: nothing in a name means anything. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
