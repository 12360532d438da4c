/** The currencies offered; another can be set over the API. */
export const CURRENCIES = ['EUR', 'CNY', 'USD', 'GBP', 'HKD', 'TWD', 'SGD', 'JPY', 'KRW', 'CHF', 'AUD', 'CAD', 'SEK', 'NOK', 'DKK', 'PLN', 'INR', 'BRL']

const BY_REGION: Record<string, string> = { CN: 'CNY', HK: 'HKD', TW: 'TWD', SG: 'SGD', US: 'USD', GB: 'GBP', JP: 'JPY', KR: 'KRW', CH: 'CHF', AU: 'AUD', CA: 'CAD', SE: 'SEK', NO: 'NOK', DK: 'DKK', PL: 'PLN', IN: 'INR', BR: 'BRL' }

/** The currency of the country that a browser's language names. */
export function currencyOf(language: string): string {
  return BY_REGION[new Intl.Locale(language).maximize().region ?? ''] ?? 'EUR'
}

export function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Something to begin a demo with, which holds nobody's data. */
export function demoPassphrase(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => LETTERS[byte % LETTERS.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}
