import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/settings', name: 'settings', component: () => import('./SettingsView.vue'), meta: { title: 'settings.title', needs: 'system:read' } },
]

export const menu: Feature['menu'] = { to: '/settings', label: 'settings.title', order: 8, letter: 't', needs: 'system:read' }
