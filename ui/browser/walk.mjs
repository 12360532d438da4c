// Walks the pages of a running server as an owner would, in both languages, on a phone and on a desk.
// SOLOIST_SETUP: the link of its first start; or SOLOIST_EMAIL and SOLOIST_PASSPHRASE of an owner.
// SOLOIST_URL: a server with at least one sent mail and one click. SOLOIST_PICTURES: where pictures go, if any are wanted.
// SOLOIST_PLUGIN: the zip of a channel plugin that the server does not have.
// SOLOIST_WHOLE=true: every walk in every language, and every page looked at after every step.
import { campaigns } from './campaigns.mjs'
import { discover } from './discover.mjs'
import { launch } from './launch.mjs'
import { hostile } from './hostile.mjs'
import { people } from './people.mjs'
import { plugins, uploaded } from './plugins.mjs'
import { secondFactor } from './factor.mjs'
import { segments, segmentStates } from './segments.mjs'
import { settings } from './settings.mjs'
import { states } from './states.mjs'
import { expect, tally } from './tally.mjs'
import { accountPages, firstStart, rolesOnPages, signIn } from './signin.mjs'
import { held, visitor, whole } from './visitor.mjs'

const base = process.env.SOLOIST_URL
if (!base) {
  console.error('Say where the server is, as in SOLOIST_URL=http://127.0.0.1:8080 npm run browser')
  process.exit(2)
}

const WORDS = {
  en: { customers: 'Customers', switch: 'EN', sent: /^Sent: /, because: /^because /, messages: 'Messages', timeline: 'Timeline' },
  'zh-CN': { customers: '客户', switch: '中文', sent: /^已发送：/, because: /^因为/, messages: '消息', timeline: '时间线' },
}

async function get(path) {
  const cookie = held.state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const answer = await fetch(new URL(path, base), { headers: { accept: 'application/json', cookie } })
  expect(answer.ok, `${path} answered ${answer.status}`)
  return answer.json()
}

/** Somebody who was sent a mail and clicked in it. */
async function clicker() {
  let cursor = ''
  do {
    const page = await get(`/api/v1/profiles?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    for (const person of page.items) {
      const { items: events } = await get(`/api/v1/profiles/${person.id}/timeline?limit=200`)
      if (!events.some((event) => event.type === 'email.clicked')) continue
      const { items: decisions } = await get(`/api/v1/profiles/${person.id}/decisions?limit=200`)
      if (decisions.some((decision) => decision.message?.state === 'sent')) return person
    }
    cursor = page.nextCursor
  } while (cursor)
  throw new Error('nobody was sent a mail and clicked in it: start the server with its demo company')
}

const run = tally()
const browser = await launch()
const ground = { browser, base, check: run.check }
const { SOLOIST_SETUP: setup, SOLOIST_EMAIL: email, SOLOIST_PASSPHRASE: passphrase } = process.env
const owner = setup ? await firstStart({ ...ground, setup }) : await signIn({ ...ground, email, passphrase })
let person
await run.check('the server has somebody who was sent a mail and clicked', async () => {
  person = await clicker()
})
if (!person) {
  await browser.close()
  run.close()
  process.exit(1)
}

try {
  // Two at a time: one waits for the server while the other draws.
  await Promise.all([looks(), deeds()])
  await Promise.all([hostile({ ...ground, owner }), accountPages(ground)])
  await secondFactor({ ...ground, owner })
  await rolesOnPages({ ...ground, owner, person })
} catch (failure) {
  await run.check('the browser stays to the end', () => Promise.reject(failure))
} finally {
  await browser.close()
}
process.exit(run.close() ? 0 : 1)

/** The pages, in each language and at each width once: all four say little more and cost twice as much. */
async function looks() {
  for (const [locale, width, other] of [['en', 390, 1440], ['zh-CN', 1440, 390]]) {
    const [here, there] = [{ ...ground, locale, width }, { ...ground, locale, width: other }]
    for (const place of whole ? [here, there] : [here]) await walk({ ...place, alsoDark: place.width === 1440 })
    await states(here)
    await segmentStates({ ...here, dark: width === 1440 })
    if (whole || locale === 'en') await segments({ ...there, person })
    if (whole || locale !== 'en') await people({ ...there, person })
  }
}

/** What an owner does. */
async function deeds() {
  for (const [locale, width, other] of [['en', 1440, 390], ['zh-CN', 390, 1440]]) {
    const [here, there] = [{ ...ground, locale, width }, { ...ground, locale, width: other }]
    for (const place of whole ? [here, there] : [here]) await campaigns(place)
    if (whole || locale === 'en') await discover({ ...here, owner, dark: width === 390 })
    await plugins({ ...there, owner })
  }
  await settings({ ...ground, owner })
  await uploaded({ ...ground, owner })
}

async function walk({ locale, width, alsoDark }) {
  const words = WORDS[locale]
  // A browser of the other language: the switch has to do it.
  const guest = await visitor(browser, { base, locale: locale === 'en' ? 'zh-CN' : 'en-GB', width })
  const { page } = guest
  const step = guest.steps({ check: run.check, language: locale })
  const shown = (selector, options) => page.locator(selector, options).first().waitFor()

  await step('home', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: words.switch, exact: true }).click()
    await page.locator(`html[lang=${locale}]`).waitFor({ state: 'attached' })
    await page.reload()
    await shown('.numbers dd')
    expect((await page.locator('.steps li').count()) >= 6, 'the way to the first campaign misses steps')
  })
  await step('list', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.getByRole('heading', { level: 1, name: words.customers }).waitFor()
    expect((await page.locator('html').getAttribute('lang')) === locale, 'the language was not remembered')
    await shown('a.row')
  })
  await step('search', async () => {
    const mail = person.identifiers.email?.[0] ?? person.name
    await page.keyboard.press('/')
    await page.keyboard.type(mail)
    await page.waitForURL((url) => url.searchParams.get('q') === mail)
    await shown('a.row', { hasText: person.name })
  })
  await step('portrait', async () => {
    await page.locator('a.row', { hasText: person.name }).first().press('Enter')
    await page.getByRole('heading', { level: 2, name: person.name }).waitFor()
    await shown('.traits')
  })
  await step('messages', async () => {
    await page.getByRole('tab', { name: words.messages }).click()
    const card = page.locator('.decision', { has: page.locator('h3', { hasText: words.sent }) }).first()
    await card.waitFor()
    const because = await card.locator('.because').innerText()
    expect(words.because.test(because), `no reason stands under the message, but "${because}"`)
    await card.locator('summary').click()
    await card.locator('[role=img]').first().waitFor()
  })
  await step('timeline', async () => {
    await page.getByRole('tab', { name: words.timeline }).click()
    await shown('[data-type="email.clicked"]')
  })
  await step('back', async () => {
    if (width < 900) await page.locator('a.back').click()
    else await page.goto('/customers')
    await shown('a.row')
  })
  await step('mails', async () => {
    if (width < 1024) await page.locator('button.fold').click()
    await page.locator('nav a[href="/mails"]').click()
    await shown('.list li a')
    await shown('.banner')
  })
  await step('mail', async () => {
    await page.locator('.list li a').first().click()
    const frame = page.frameLocator('iframe').locator('body')
    await frame.waitFor()
    expect((await frame.innerText()).trim().length > 0, 'the mail is shown empty')
  })
  await step('mail headers', async () => {
    await page.getByRole('tab').nth(2).click()
    await shown('.headers dt')
  })
  await step('keys', async () => {
    await page.keyboard.press('?')
    await shown('dialog kbd')
  })
  await guest.close()

  if (alsoDark) {
    const night = await visitor(browser, { base, locale, width, dark: true })
    await run.check(`${locale} ${width} dark`, async () => {
      await night.page.goto(`/customers/${encodeURIComponent(person.id)}?tab=messages`)
      await night.page.locator('.decision').first().waitFor()
      await night.look('dark')
      night.silent()
    })
    await night.close()
  }
}
