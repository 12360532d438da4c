import axe from 'axe-core'
import { join } from 'node:path'
import { expect } from './tally.mjs'

const MAIL_FRAME = /\/api\/v1\/(mails\/[^/]+|campaigns\/[^/]+\/mails\/[^/]+)\/html/

/** Who is signed in, as the browser keeps it; every window begins with it unless it is told otherwise. */
export const held = { state: undefined }

/** One browser window that remembers every complaint: console errors, uncaught errors, breaches of the policy. */
export async function visitor(browser, options) {
  const { base, locale, width, dark = false, state } = { state: held.state, ...options }
  const context = await browser.newContext({
    baseURL: base,
    storageState: state,
    locale,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  await context.addInitScript({ content: axe.source })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  // No page of ours opens one; a script out of somebody's data would.
  page.on('dialog', async (dialog) => {
    if (dialog.type() !== 'beforeunload') complaints.push(`a script ran: ${dialog.message()}`)
    await dialog.accept()
  })
  page.on('console', (message) => {
    // What a mail asks for and its own stricter policy refuses is as it should be.
    if (message.type() === 'error' && !MAIL_FRAME.test(message.location().url)) complaints.push(message.text())
  })
  return {
    page,
    /**
     * Takes named steps: after each of them the page has all its words, is accessible and as wide as its window, and is drawn.
     * Unless it is loud, because what it does is refused, nothing has complained.
     */
    steps({ check, pictures, language = locale, prefix = '', fullPage = false, loud = false }) {
      return async (name, work) => {
        const named = `${prefix}${name}`
        await check(`${language} ${width} ${named}`, async () => {
          await work()
          await this.worded()
          await this.accessible()
          await this.fits()
          await page.screenshot({ path: join(pictures, `${named.replaceAll(' ', '-')}-${language}-${width}.png`), fullPage })
          if (!loud) this.silent()
        })
        this.forget()
      }
    },
    /** Empties the complaints, and those a step brings about on purpose. */
    forget: () => complaints.splice(0),
    silent: () => expect(complaints.length === 0, complaints.join('\n')),
    close: () => context.close(),

    async accessible() {
      const serious = await page.evaluate(async () => {
        const found = await globalThis.axe.run(document, { iframes: false, resultTypes: ['violations'] })
        return found.violations
          .filter((violation) => ['serious', 'critical'].includes(violation.impact))
          .map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`)
      })
      expect(serious.length === 0, serious.join('\n'))
    },

    /** Waits for something, and gives the passphrase where it is asked for on the way. */
    async until(found, owner) {
      const asked = page.locator('dialog[open] input[type=password]')
      await found.or(asked).first().waitFor({ timeout: 30_000 })
      if (await asked.isVisible()) {
        // It was refused until the passphrase is given again.
        this.forget()
        await asked.fill(owner.passphrase)
        await asked.press('Enter')
        await found.first().waitFor({ timeout: 30_000 })
      }
    },

    /** A key that stands where its words should be. */
    async worded() {
      const text = await page.locator('body').innerText()
      const key = /\b(setup|signin|account|users|audit|shell|language|home|customers|segments|imports|plugins|settings|decisions|mails|website|campaigns|messages|discover|figures|survey|sending)\.[a-zA-Z]+(\.[a-zA-Z_]+)*/.exec(text)
      expect(!key, `words are missing: ${key?.[0]}`)
    },

    async fits() {
      const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }))
      expect(wide <= room, `the page is ${wide} px wide in a window of ${room} px`)
    },
  }
}
