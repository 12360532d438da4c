import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/messages', name: 'messages', component: () => import('./MessagesView.vue'), meta: { title: 'messages.title' } },
]

export const menu: Feature['menu'] = { to: '/messages', label: 'messages.menu', order: 5, letter: 'n' }
