import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/discover/fields', name: 'fields', component: () => import('./FieldsView.vue'), meta: { title: 'fields.title' } },
]
