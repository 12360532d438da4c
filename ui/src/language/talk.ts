import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormats, type Formats } from '@/language/format'

/** Everything a sentence needs: words, whether there are any, the way of dates and numbers, the language. */
export interface Talk {
  t: (key: string, named?: Record<string, unknown>, plural?: number) => string
  te: (key: string) => boolean
  format: Formats
  locale: string
}

export function useTalk() {
  const { t, te, locale } = useI18n()
  const format = useFormats()
  return computed<Talk>(() => ({
    t: (key, values = {}, plural) => (plural === undefined ? t(key, values) : t(key, values, plural)),
    te: (key) => te(key, locale.value),
    format: format.value,
    locale: locale.value,
  }))
}

/** A key of ours cannot hold the dots and dashes of event types, traits and other names. */
export function keyOf(name: string): string {
  return name.replace(/[.\-\s]/g, '_')
}

/** `first_order`, `firstOrder` and `first-order` as people write it. */
export function readable(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ').toLowerCase().trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
