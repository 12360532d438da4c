import { formats } from '@/language/format'
import { chooseLocale, i18n, type Locale } from '@/language/i18n'
import type { Talk } from '@/language/talk'

/** The words and formats of a language, for tests that read whole sentences. */
export async function talkIn(locale: Locale): Promise<Talk> {
  await chooseLocale(locale)
  const { t, te } = i18n.global
  return {
    t: (key, named = {}, plural) => t(key, named, plural === undefined ? { locale } : { locale, plural }),
    te: (key) => te(key, locale),
    format: formats(locale === 'en' ? 'en-GB' : locale, 'UTC'),
    locale,
  }
}
