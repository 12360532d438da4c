import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/discover', name: 'discover', component: () => import('./DiscoverView.vue'), meta: { title: 'discover.title' } },
  { path: '/discover/for/:goal', name: 'goal', component: () => import('./GoalView.vue'), props: true, meta: { title: 'discover.title' } },
  { path: '/discover/with/:id', name: 'run', component: () => import('./RunView.vue'), props: true, meta: { title: 'discover.title' } },
  { path: '/models/:id', name: 'model', component: () => import('./ModelView.vue'), props: true, meta: { title: 'discover.model.title', under: '/discover' } },
]

export const menu: Feature['menu'] = { to: '/discover', label: 'discover.title', order: 3.5, letter: 'd' }
