import { computed, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A filter that lives in the address, so that it can be sent on and the way back works; absent when empty. */
export function useInUrl(name: string): Ref<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : ''
    },
    set: (value) => {
      if (value !== (route.query[name] ?? '')) router.replace({ query: { ...route.query, [name]: value || undefined } })
    },
  })
}

/** What somebody types, and the filter that follows it once they pause. */
export function useTyped(filter: Ref<string>, pauseMillis = 250): Ref<string> {
  const typed = ref(filter.value)
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(pause)
    pause = setTimeout(() => (filter.value = text.trim()), pauseMillis)
  })
  watch(filter, (text) => {
    if (text !== typed.value.trim()) typed.value = text
  })
  return typed
}
