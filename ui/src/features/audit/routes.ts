import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/account/audit', name: 'audit', component: () => import('./AuditView.vue'), meta: { title: 'audit.title', needs: 'audit:read' } },
]
