import type { Feature } from '@/shell/router'

export const routes: Feature['routes'] = [
  {
    path: '/mails',
    component: () => import('./MailsView.vue'),
    meta: { title: 'mails.title' },
    children: [
      { path: '', name: 'mails', component: () => import('./ChooseMail.vue') },
      { path: ':id', name: 'mail', component: () => import('./MailView.vue'), props: true },
    ],
  },
]

export const menu: Feature['menu'] = { to: '/mails', label: 'mails.menu', order: 5, letter: 'm' }
