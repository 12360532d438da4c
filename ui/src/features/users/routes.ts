import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/account/users', name: 'users', component: () => import('./UsersView.vue'), meta: { title: 'users.title', needs: 'users:write' } },
]
