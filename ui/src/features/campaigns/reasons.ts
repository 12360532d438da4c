import { keyOf, type Talk } from '@/language/talk'

/** Why somebody was not written to or did not enter, in words; a channel's own words stay as they are. */
export function reasonWord(code: string, { t, te }: Talk): string {
  const key = `campaigns.reason.${keyOf(code)}`
  return te(key) ? t(key) : code
}
