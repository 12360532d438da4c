import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/segments', name: 'segments', component: () => import('./SegmentsView.vue'), meta: { title: 'segments.title' } },
  { path: '/segments/start', name: 'segment-start', component: () => import('./StartView.vue'), meta: { title: 'segments.start.title', needs: 'marketing:write' } },
  { path: '/segments/new', name: 'segment-new', component: () => import('./BuilderView.vue'), meta: { title: 'segments.start.title', needs: 'marketing:write' } },
  { path: '/segments/:id', name: 'segment', component: () => import('./SegmentView.vue'), props: true, meta: { title: 'segments.title' } },
  { path: '/segments/:id/edit', name: 'segment-edit', component: () => import('./BuilderView.vue'), props: true, meta: { title: 'segments.edit', needs: 'marketing:write' } },
]

export const menu: Feature['menu'] = { to: '/segments', label: 'segments.title', order: 3, letter: 's' }
