import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/reviews', name: 'reviews', component: () => import('./ReviewsView.vue'), meta: { title: 'reviews.title', under: '/customers' } },
]
