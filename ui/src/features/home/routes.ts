import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/', name: 'home', component: () => import('./HomeView.vue'), meta: { title: 'home.title' } },
]

export const menu: Feature['menu'] = { to: '/', label: 'home.title', order: 1, letter: 'h' }
