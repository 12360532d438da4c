import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the words for the document's title. */
    title?: string
  }
}

/** An entry of the main menu; "g", then the letter, leads to it. */
export interface MenuEntry {
  to: string
  label: string
  /** Home 1, customers 2, segments 3, campaigns 4, messages 5, imports 6, plugins 7, settings 8. */
  order: number
  letter?: string
}

/** What a feature's routes.ts exports; menu entries stand in the order of their features. */
export interface Feature {
  routes: RouteRecordRaw[]
  menu?: MenuEntry
}

const found = import.meta.glob<Feature>('../features/*/routes.ts', { eager: true })
const features = Object.values(found)

export const menu = features.flatMap((feature) => feature.menu ?? []).sort((a, b) => a.order - b.order)

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...features.flatMap((feature) => feature.routes),
    { path: '/:rest(.*)*', component: () => import('./NotFoundView.vue'), meta: { title: 'shell.notFound.title' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})
