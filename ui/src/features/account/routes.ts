import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/account', name: 'account', component: () => import('./AccountView.vue'), meta: { title: 'account.title' } },
  { path: '/account/tokens', name: 'tokens', component: () => import('./TokensView.vue'), meta: { title: 'account.tokens.title', needs: 'tokens:write' } },
]

export const menu: Feature['menu'] = { to: '/account', label: 'account.menu', order: 9, letter: 'u' }
