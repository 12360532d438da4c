import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import type { Look } from './options'

/** Told apart by people who see few colours, and readable on each ground. */
const LIGHT = ['#0f6b5f', '#b4500b', '#3b5fb5', '#8a2f7a', '#6b6b00', '#2f7d9c', '#a3316f', '#5c6562']
const DARK = ['#5cc4b2', '#f0a35e', '#8fb0ff', '#e08fd3', '#d2cf5a', '#7cc9e8', '#f29bc4', '#b5bdb9']

function read(): Look {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    colours: document.documentElement.classList.contains('dark') ? DARK : LIGHT,
    ink: of('--ink'),
    muted: of('--muted'),
    line: of('--line-strong'),
    surface: of('--surface'),
    font: of('--sans'),
    alert: '#d22f27',
    names: innerWidth < 600 ? 100 : 150,
  }
}

/** The look of the page, and the other one when the day turns to night. */
export function useLook() {
  const look = shallowRef<Look>()
  const turned = new MutationObserver(() => (look.value = read()))
  onMounted(() => {
    look.value = read()
    turned.observe(document.documentElement, { attributeFilter: ['class'] })
  })
  onBeforeUnmount(() => turned.disconnect())
  return look
}
