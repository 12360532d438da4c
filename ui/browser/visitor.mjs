import axe from 'axe-core'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from './tally.mjs'

const MAIL_FRAME = /\/api\/v1\/(mails\/[^/]+|campaigns\/[^/]+\/mails\/[^/]+)\/html/

/** A machine that builds beside this is slow; what is there at once costs no patience. */
const PATIENCE_MILLIS = 120_000

/** Whether there is time to do everything in every language and look at everything again after every step. */
export const whole = process.env.SOLOIST_WHOLE === 'true'

const pictures = process.env.SOLOIST_PICTURES && resolve(process.env.SOLOIST_PICTURES)
if (pictures) mkdirSync(pictures, { recursive: true })

/** The kinds of parts that were looked at, by width and light. */
const seen = new Map()

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
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MILLIS)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  // No page of ours opens one; a script out of somebody's data would.
  page.on('dialog', async (dialog) => {
    if (dialog.type() !== 'beforeunload') complaints.push(`a script ran: ${dialog.message()}`)
    await dialog.accept()
  })
  page.on('console', (message) => {
    const { url } = message.location()
    // What a mail asks for and its own stricter policy refuses is as it should be.
    if (message.type() === 'error' && !MAIL_FRAME.test(url)) complaints.push(`${message.text()} ${url}`)
  })
  return {
    page,
    /**
     * Takes named steps and looks at the page after each. Unless it is loud, because what it does is refused, nothing has complained.
     */
    steps({ check, language = locale, prefix = '', loud = false }) {
      return async (name, work) => {
        await check(`${language} ${width} ${prefix}${name}`, async () => {
          await work()
          await this.look(`${prefix}${name}`, language)
          if (!loud) this.silent()
        })
        this.forget()
      }
    },
    /** The page has all its words, is accessible and as wide as its window; it is drawn if somebody wants pictures. */
    async look(name, language = locale) {
      await this.worded()
      await this.accessible()
      await this.fits()
      const path = pictures && join(pictures, `${name.replaceAll(/[ /]/g, '-')}-${language}-${width}${dark ? '-dark' : ''}.png`)
      if (path) await page.screenshot({ path, fullPage: true })
    },
    /** Empties the complaints, and those a step brings about on purpose. */
    forget: () => complaints.splice(0),
    silent: () => expect(complaints.length === 0, complaints.join('\n')),
    close: () => context.close(),

    /** Judges a page that shows a kind of part which was not judged at this width and in this light before. */
    async accessible() {
      const look = `${width} ${dark}`
      const known = seen.get(look) ?? seen.set(look, new Set()).get(look)
      const fresh = (await page.evaluate(kinds)).filter((kind) => !known.has(kind))
      if (!fresh.length && !whole) return
      await page.evaluate(axe.source)
      const serious = await page.evaluate(async () => {
        // A colour on its way from one to another is neither.
        for (const moving of globalThis.document.getAnimations()) {
          if (moving.effect.getComputedTiming().endTime === Infinity) moving.cancel()
          else moving.finish()
        }
        const found = await globalThis.axe.run(document, { iframes: false, resultTypes: ['violations'] })
        return found.violations
          .filter((violation) => ['serious', 'critical'].includes(violation.impact))
          .map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`)
      })
      expect(serious.length === 0, serious.join('\n'))
      for (const kind of fresh) known.add(kind)
    },

    /** Waits for something, and gives the passphrase where it is asked for on the way. */
    async until(found, owner) {
      const asked = page.locator('dialog[open] input[type=password]')
      await found.or(asked).first().waitFor()
      if (await asked.isVisible()) {
        // It was refused until the passphrase is given again.
        this.forget()
        await asked.fill(owner.passphrase)
        await asked.press('Enter')
        await found.first().waitFor()
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

/** What parts a page is made of: each with its attributes, the part that it stands in, and whether it says anything. */
function kinds() {
  const name = (part) => `${part.localName}.${part.getAttribute('class') ?? ''}`
  const attributes = (part) => part.getAttributeNames().filter((key) => !/^(id|style|class|href|src)$/.test(key)).sort().join()
  const parts = [...globalThis.document.querySelectorAll('body *:not(svg *)')]
  return [...new Set(parts.map((part) => `${name(part.parentElement)}>${name(part)}[${attributes(part)}]${part.textContent.trim() ? 'says' : ''}`))]
}
