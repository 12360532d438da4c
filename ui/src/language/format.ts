import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CODES = new Set(Intl.supportedValuesOf('currency'))

/** The browser's own variant of the chosen language (en-GB, say), so that dates look as they do elsewhere. */
export function variantOf(locale: string, wished: readonly string[]): string {
  const language = locale.split('-')[0]
  return wished.find((tag) => tag.split('-')[0] === language) ?? locale
}

export function formats(locale: string, zone?: string) {
  const unit = (amount: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: 0 }).format(amount)

  const span = (seconds: number) => {
    const whole = Math.abs(seconds)
    // Hours stay hours up to three days: "50 hours" beside a limit of "24 hours" says more than "2 days".
    if (whole >= 3 * DAY || (whole >= 2 * DAY && whole % DAY === 0)) return unit(Math.round(whole / DAY), 'day')
    if (whole >= 1.5 * HOUR) return unit(Math.round(whole / HOUR), 'hour')
    if (whole >= 1.5 * MINUTE) return unit(Math.round(whole / MINUTE), 'minute')
    return unit(Math.round(whole), 'second')
  }

  return {
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    /** Of a number that was measured, the four digits that count; what was counted whole. */
    figure: (value: number) =>
      new Intl.NumberFormat(locale, {
        maximumFractionDigits: Number.isInteger(value) ? 0 : Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))))),
      }).format(value),
    /** A size of a file; a megabyte is a million bytes. */
    megabytes: (bytes: number) =>
      bytes < 1e5
        ? new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1e3))
        : new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: bytes < 1e7 ? 1 : 0 }).format(bytes / 1e6),
    money: (value: number, currency: string) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value),
    /** Sums in a sentence that came with their code, as "118.25 EUR", the way they are written elsewhere on the page. */
    sums: (text: string) =>
      text.replace(/(?<![\d.,])(\d+(?:\.\d+)?) ([A-Z]{3})\b/g, (whole, sum: string, code: string) =>
        CODES.has(code) ? new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(Number(sum)) : whole,
      ),
    date: (instant: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(new Date(instant)),
    dateTime: (instant: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(instant)),
    time: (instant: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(new Date(instant)),
    day: (instant: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: zone }).format(new Date(instant)),
    /** A day of a calendar, such as 2026-11-22, which is the same one everywhere. */
    calendarDay: (day: string) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day)),
    percent: (share: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share),
    /** An hour of the day, told in UTC, where the reader is. */
    hour: (utc: number) =>
      new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date().setUTCHours(utc, 0)),
    /** What people call a language or country; what is no code of one stays as it is. */
    name(code: string, type: 'language' | 'region'): string {
      try {
        return new Intl.DisplayNames(locale, { type, fallback: 'code' }).of(code) ?? code
      } catch {
        return code
      }
    },
    list: (parts: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),

    relative(instant: string, now: number): string {
      const seconds = (new Date(instant).getTime() - now) / 1000
      const whole = Math.abs(seconds)
      const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
      if (whole < 45) return words.format(0, 'second')
      if (whole < HOUR) return words.format(Math.round(seconds / MINUTE), 'minute')
      if (whole < DAY) return words.format(Math.round(seconds / HOUR), 'hour')
      if (whole < 45 * DAY) return words.format(Math.round(seconds / DAY), 'day')
      if (whole < 548 * DAY) return words.format(Math.round(seconds / (30.44 * DAY)), 'month')
      return words.format(Math.round(seconds / (365.25 * DAY)), 'year')
    },

    /** An ISO 8601 duration in its largest fitting unit; what cannot be read stays as it is. */
    duration(iso: string): string {
      const seconds = secondsOf(iso)
      return seconds === null ? iso : span(seconds)
    },
  }
}

export type Formats = ReturnType<typeof formats>

export function useFormats() {
  const { locale } = useI18n()
  return computed(() => formats(variantOf(locale.value, navigator.languages)))
}

export function secondsOf(iso: string): number | null {
  const match = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso)
  if (!match) return null
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0))
  const sum = (weeks ?? 0) * 7 * DAY + (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0)
  return match[1] ? -sum : sum
}

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))
}
