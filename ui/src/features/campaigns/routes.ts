import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  { path: '/campaigns', name: 'campaigns', component: () => import('./CampaignsView.vue'), meta: { title: 'campaigns.title' } },
  { path: '/campaigns/new', name: 'new-campaign', component: () => import('./NewCampaignView.vue'), meta: { title: 'campaigns.new.title', needs: 'marketing:write' } },
  { path: '/campaigns/:id', name: 'campaign', component: () => import('./CampaignView.vue'), props: true, meta: { title: 'campaigns.title' } },
]

export const menu: Feature['menu'] = { to: '/campaigns', label: 'campaigns.menu', order: 4, letter: 'a' }
