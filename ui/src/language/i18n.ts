import { createI18n } from 'vue-i18n'
import { shallowRef } from 'vue'
import type { Language as ElementLanguage } from 'element-plus/es/locale'
import type { Text } from '@/api/types'

export const LOCALES = ['en', 'zh-CN'] as const
export type Locale = (typeof LOCALES)[number]

const REMEMBERED = 'soloist.language'

/** All words of one language come in one file of the build, and only those of the language in use. */
const loaders = {
  en: () => import('./locales/en'),
  'zh-CN': () => import('./locales/zh-CN'),
}

export const elementLocale = shallowRef<ElementLanguage>()

export const i18n = createI18n({
  legacy: false,
  locale: 'en' as string,
  fallbackLocale: false,
  missingWarn: import.meta.env.DEV,
  messages: {},
})

export function startLocale(): Locale {
  const remembered = read()
  if (isLocale(remembered)) return remembered
  for (const wished of navigator.languages) {
    if (wished.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (wished.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}

export async function chooseLocale(locale: Locale, remember = false) {
  // First, so that a choice holds even when the page is left before its words have come.
  if (remember) write(locale)
  const { files, element } = await loaders[locale]()
  i18n.global.setLocaleMessage(locale, byFolder(files))
  elementLocale.value = element
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** Words under the name of the folder they belong to: features/mails/words/en.json is "mails". */
export function byFolder(files: Record<string, { default: Record<string, unknown> }>) {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path.split('/').at(-3) ?? '', file.default]))
}

/** What people named in several languages, in the one chosen. */
export function textIn(locale: string, text: Text): string {
  return text[locale] ?? text.en
}

function isLocale(value: string | null): value is Locale {
  return (LOCALES as readonly string[]).includes(value ?? '')
}

// Storage throws where the browser was told to keep nothing; the choice then lasts for this page.
function read(): string | null {
  try {
    return localStorage.getItem(REMEMBERED)
  } catch {
    return null
  }
}

function write(locale: Locale) {
  try {
    localStorage.setItem(REMEMBERED, locale)
  } catch {
    return
  }
}
