import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/website', name: 'website', component: () => import('./WebsiteView.vue'), meta: { title: 'website.title' } },
]

export const menu: Feature['menu'] = { to: '/website', label: 'website.menu', order: 7.5, letter: 'w' }
