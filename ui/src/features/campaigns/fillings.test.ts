import { describe, expect, it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES } from '@/language/i18n'
import { talkIn } from '@/testing/talk'
import { fillings } from './fillings'

const RECIPES = join(__dirname, '../../../../rules/src/main/resources/soloist/recipes')
const texts = readdirSync(RECIPES).flatMap((name) => readFileSync(join(RECIPES, name), 'utf8').match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((text) => JSON.parse(text) as string)

describe.each(LOCALES)('what a mail fills in, in %s', (locale) => {
  it('leadsFromEveryTextOfARecipeToWordsWithoutBracesAndBack', async () => {
    const { shownText, storedText } = fillings(await talkIn(locale))
    const filled = texts.filter((text) => text.includes('{{'))

    expect(filled.length).toBeGreaterThan(20)
    for (const text of filled) {
      expect(shownText(text)).not.toContain('{{')
      expect(storedText(shownText(text))).toBe(text)
    }
  })

  it('staysAsItWasTypedLetterByLetter', async () => {
    const { shownText, storedText } = fillings(await talkIn(locale))
    const whole = `${shownText('{{first_name}}{{^first_name}}dear reader{{/first_name}}')} [no field] [x | y`

    for (let end = 0; end <= whole.length; end++) expect(shownText(storedText(whole.slice(0, end)))).toBe(whole.slice(0, end))
  })
})

it('readsLikeASentence', async () => {
  const { shownText } = fillings(await talkIn('en'))

  expect(shownText('Dear {{first_name}}{{^first_name}}customer{{/first_name}},')).toBe('Dear [first name | customer],')
})
