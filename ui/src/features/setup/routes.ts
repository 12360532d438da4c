import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/setup', name: 'setup', component: () => import('./SetupView.vue'), meta: { title: 'setup.title', open: true } },
]
