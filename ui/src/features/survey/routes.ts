import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/discover/facts', name: 'survey', component: () => import('./SurveyView.vue'), meta: { title: 'survey.title' } },
]
