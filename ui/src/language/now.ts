import { ref } from 'vue'

/** One clock for all relative times of the page. */
export const now = ref(Date.now())

setInterval(() => {
  now.value = Date.now()
}, 20_000)
