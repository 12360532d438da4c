import { watch } from 'vue'
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type RouteRecordRaw,
} from 'vue-router'
import { may, session } from '@/api/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the words for the document's title. */
    title?: string
    /** The entry of the menu that it belongs to, where its path does not begin with it. */
    under?: string
    /** Whether it is there for who is not signed in. */
    open?: boolean
    /** What one must be allowed to see it. */
    needs?: string
  }
}

/** An entry of the main menu; "g", then the letter, leads to it. */
export interface MenuEntry {
  to: string
  label: string
  /** Home 1, customers 2, segments 3, campaigns 4, messages 5, imports 6, plugins 7, settings 8. */
  order: number
  letter?: string
  /** What one must be allowed to be shown it. */
  needs?: string
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

/** Where a page leads that is not for who asks: to the first start, to the sign-in and back, or to the first page. */
function elsewhere(to: RouteLocationNormalized): RouteLocationRaw | null {
  const state = session.value?.state
  if (state === 'setup') return to.name === 'setup' ? null : { name: 'setup' }
  if (state === 'signedOut') return to.meta.open && to.name !== 'setup' ? null : { name: 'signin', query: { to: to.fullPath } }
  if (state === 'signedIn' && to.meta.needs && !may(to.meta.needs)) return '/'
  return state === 'signedIn' && (to.name === 'signin' || to.name === 'setup') ? '/' : null
}

router.beforeEach((to) => elsewhere(to) ?? true)

// Whoever has just signed in is led on by the page where they did.
watch(session, (now) => {
  const other = now?.state === 'signedIn' ? null : elsewhere(router.currentRoute.value)
  if (other && router.currentRoute.value.matched.length) router.push(other)
})
