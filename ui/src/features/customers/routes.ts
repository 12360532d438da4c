import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  {
    path: '/',
    component: () => import('./CustomersView.vue'),
    meta: { title: 'customers.title' },
    children: [
      { path: '', name: 'customers', component: () => import('./WelcomePanel.vue') },
      { path: 'customers/:id', name: 'customer', component: () => import('./CustomerView.vue'), props: true },
    ],
  },
]

export const menu: Feature['menu'] = { to: '/', label: 'customers.title', order: 1 }
