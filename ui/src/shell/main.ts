import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { ApiError } from '@/api/client'
import { chooseLocale, i18n, startLocale } from '@/language/i18n'
import App from './App.vue'
import './elements'
import { router } from './router'
import './style.css'
import { followColourScheme } from './theme'

followColourScheme()

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Asking again helps when nobody answered or the server is busy, never when it refused.
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
      retryDelay: (count) => 400 * 2 ** count,
      networkMode: 'always',
    },
  },
})

await chooseLocale(startLocale())
createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
