import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/plugins', name: 'plugins', component: () => import('./PluginsView.vue'), meta: { title: 'plugins.title' } },
  { path: '/plugins/:id', name: 'plugin', component: () => import('./PluginView.vue'), props: true, meta: { title: 'plugins.title' } },
]

export const menu: Feature['menu'] = { to: '/plugins', label: 'plugins.menu', order: 7, letter: 'p' }
