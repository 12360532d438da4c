import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  {
    path: '/customers',
    component: () => import('./CustomersView.vue'),
    meta: { title: 'customers.title' },
    children: [
      { path: '', name: 'customers', component: () => import('./ChooseCustomer.vue') },
      { path: ':id', name: 'customer', component: () => import('./CustomerView.vue'), props: true },
    ],
  },
  { path: '/doubles', name: 'doubles', component: () => import('./DoublesView.vue'), meta: { title: 'customers.same.page', under: '/customers' } },
]

export const menu: Feature['menu'] = { to: '/customers', label: 'customers.title', order: 2, letter: 'c' }
