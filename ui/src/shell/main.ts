import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { api, ApiError, body } from '@/api/client'
import { session } from '@/api/session'
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

// Without an answer the pages come and say so themselves.
session.value = await body(api.GET('/api/v1/session')).catch(() => null)
await chooseLocale(startLocale())
createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
