import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/set-aside', name: 'set-aside', component: () => import('./AsideView.vue'), meta: { title: 'aside.title', under: '/' } },
]
