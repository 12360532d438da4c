import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/signin', name: 'signin', component: () => import('./SignInView.vue'), meta: { title: 'signin.title', open: true } },
  { path: '/welcome', name: 'welcome', component: () => import('./WelcomeView.vue'), meta: { title: 'signin.welcome', open: true } },
]
