import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/imports', name: 'imports', component: () => import('./ImportsView.vue'), meta: { title: 'imports.title' } },
  { path: '/imports/:id', name: 'import', component: () => import('./ImportView.vue'), props: true, meta: { title: 'imports.title' } },
]

export const menu: Feature['menu'] = { to: '/imports', label: 'imports.title', order: 6, letter: 'i' }
