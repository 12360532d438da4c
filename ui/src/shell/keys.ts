import { onBeforeUnmount, onMounted, ref } from 'vue'
import { useRouter } from 'vue-router'
import { menu } from './router'

/** How long a letter may follow "g". */
const PATIENCE_MILLIS = 1_500

/**
 * Keys that work on every page while nobody types: "/" goes to the search of the page, or to that of the customers;
 * "g" and a letter of the menu goes there; "?" tells all of this.
 */
export function useKeys() {
  const router = useRouter()
  const help = ref(false)
  let goes = 0

  async function onKey(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (document.querySelector('dialog[open]')) return
    const entry = event.timeStamp < goes ? menu.find((one) => one.letter === event.key) : undefined
    goes = event.key === 'g' ? event.timeStamp + PATIENCE_MILLIS : 0
    if (entry) {
      event.preventDefault()
      await router.push(entry.to)
    } else if (event.key === '?') {
      event.preventDefault()
      help.value = true
    } else if (event.key === '/') {
      event.preventDefault()
      if (!focusSearch()) {
        await router.push('/customers')
        focusSearch()
      }
    }
  }

  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
  return { help }
}

function focusSearch(): boolean {
  const box = document.querySelector<HTMLElement>('main input[type=search]')
  box?.focus()
  return box !== null
}

function isTyping(at: EventTarget | null): boolean {
  return at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))
}
