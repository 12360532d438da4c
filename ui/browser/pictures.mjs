// Draws every page of a running server in both languages, on a phone and on a desk, in the light and on a desk in the dark.
// SOLOIST_URL, SOLOIST_SETUP (or SOLOIST_EMAIL and SOLOIST_PASSPHRASE): as for the walk. SOLOIST_PICTURES: where they go.
// A server that knows nobody is drawn as it is; another is furnished first (SOLOIST_FURNISHED=true: it was). SOLOIST_ONLY: names of pages.
// SOLOIST_QUICK=true: nothing but pictures. SOLOIST_LOOKS: some alone, as in zh-CN-1440,en-1440-dark.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { furnish } from './furnish.mjs'
import { launch } from './launch.mjs'
import { firstStart, signIn } from './signin.mjs'
import { tally } from './tally.mjs'
import { held, visitor } from './visitor.mjs'

const base = process.env.SOLOIST_URL
const folder = resolve(process.env.SOLOIST_PICTURES ?? 'target/pictures')
mkdirSync(folder, { recursive: true })
const run = tally()
const browser = await launch()
const ground = { browser, base, check: run.check }
const { SOLOIST_SETUP: setup, SOLOIST_EMAIL: email, SOLOIST_PASSPHRASE: passphrase } = process.env
const owner = setup ? await firstStart({ ...ground, setup }) : await signIn({ ...ground, email, passphrase })

const cookie = () => held.state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
async function send(path, method, body, type) {
  const session = await (await fetch(new URL('/api/v1/session', base), { headers: { cookie: cookie() } })).json()
  const answer = await fetch(new URL(`/api/v1${path}`, base), { method, body, headers: { cookie: cookie(), 'X-CSRF-Token': session.csrf, ...(body === undefined ? {} : { 'Content-Type': type }) } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
  return text ? JSON.parse(text) : {}
}
const ask = (path, body) => send(path, body === undefined ? 'GET' : 'POST', body && JSON.stringify(body), 'application/json')
const upload = (name, content) => send(`/imports?plugin=connector-csv&name=${encodeURIComponent(name)}`, 'POST', content, 'application/octet-stream')

const { counts } = await ask('/status')
const isEmpty = counts.profiles === 0
const noted = join(folder, 'furnished.json')
let made = {}
if (!isEmpty) {
  made = process.env.SOLOIST_FURNISHED ? JSON.parse(readFileSync(noted)) : await furnish({ ask, upload, owner })
  writeFileSync(noted, JSON.stringify(made))
}
const pages = isEmpty ? emptyPages() : await fullPages()
const only = process.env.SOLOIST_ONLY?.split(',')
const looks = [['en', 390, false], ['zh-CN', 390, false], ['en', 1440, false], ['zh-CN', 1440, false], ['zh-CN', 1440, true], ['en', 1440, true]]
  .filter((look) => process.env.SOLOIST_LOOKS?.split(',').includes(nameOf(...look)) ?? true)
try {
  await Promise.all([draw(looks.filter(([locale]) => locale === 'en')), draw(looks.filter(([locale]) => locale !== 'en'))])
} finally {
  await browser.close()
}
process.exit(run.close() ? 0 : 1)

function nameOf(locale, width, dark) {
  return `${locale}-${width}${dark ? '-dark' : ''}`
}

async function draw(own) {
  for (const [locale, width, dark] of own) {
    const guest = await visitor(browser, { base, locale, width, dark })
    const { page } = guest
    for (const { name, path, deed, mock } of pages) {
      if (only && !only.includes(name)) continue
      await run.check(`${nameOf(locale, width, dark)} ${name}`, async () => {
        if (mock) await page.route(...mock)
        await page.goto(path)
        // On a phone a list with its heading is there, but not shown beside what was chosen.
        await page.locator('main :is(h1, h2):visible').first().waitFor()
        await page.waitForLoadState('networkidle')
        if (deed) await deed(page)
        // What the deed opens asks the server only then.
        await page.waitForTimeout(500)
        await page.waitForLoadState('networkidle')
        // What is out of sight in a frame is not drawn, and a chart only once its library is there.
        for (const part of await page.locator('iframe:visible, .box[role=img]:visible').all()) await part.scrollIntoViewIfNeeded()
        await page.waitForFunction(() => ![...document.querySelectorAll('.box[role=img]:not([data-drawn])')].some((box) => box.clientWidth))
        await page.evaluate(() => scrollTo(0, 0))
        // A frame below the fold is drawn in a window that is high enough for it.
        const usual = page.viewportSize()
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        if (await page.locator('iframe:visible').count()) await page.setViewportSize({ width, height })
        const file = join(folder, `${isEmpty ? 'empty-' : ''}${name}-${nameOf(locale, width, dark)}.png`)
        await page.screenshot({ path: file, fullPage: true, animations: 'disabled' })
        await page.setViewportSize(usual)
        await guest.worded()
        await guest.fits()
        if (!process.env.SOLOIST_QUICK) await guest.accessible()
        // What is refused on purpose is complained of.
        if (!mock) guest.silent()
      })
      if (mock) await page.unroute(mock[0])
      guest.forget()
    }
    await guest.close()
  }
}

function emptyPages() {
  return ['', 'customers', 'doubles', 'segments', 'segments/start', 'segments/new', 'campaigns', 'campaigns/new', 'messages', 'mails', 'imports', 'plugins', 'discover', 'discover/fields', 'website', 'set-aside', 'reviews', 'account/audit', 'settings', 'account']
    .map((path) => ({ name: path.replaceAll('/', '-') || 'home', path: `/${path}` }))
}

async function fullPages() {
  const { items: models } = await ask('/models')
  const { items: clicked } = await ask('/profiles?q=customer0%40&limit=1')
  const { items: known } = await ask('/profiles?q=person0%40&limit=1')
  const { items: brought } = await ask('/profiles?q=guest3%40&limit=1')
  const { items: mails } = await ask('/mails')
  const tab = (n) => (page) => page.getByRole('tab').nth(n).click()
  const open = (selector) => (page) => page.locator(selector).first().click()
  const person = `/customers/${clicked[0].id}`
  const page = (name, path, deed, mock) => ({ name, path, deed, mock })
  const all = async (page) => { for (const details of await page.locator('main details > summary:visible').all()) await details.click() }
  return [
    page('home', '/'), page('customers', '/customers'), page('customer', `/customers/${known[0].id}`), page('customer-imported', `/customers/${brought[0].id}`),
    page('customer-messages', `${person}?tab=messages`, open('.decision summary')), page('customer-timeline', `${person}?tab=timeline`, all),
    page('customer-privacy', `${person}?tab=privacy`), page('customer-add', '/customers', open('.heading button')), page('doubles', '/doubles'),
    page('segments', '/segments'), page('segment-start', '/segments/start'), page('segment-new', '/segments/new?from=loyal'), page('segment-said', '/segments/new?from=interested'), page('segment', `/segments/${made.segment}`),
    page('segment-why', `/segments/${made.segment}`, tab(1)), page('segment-versions', `/segments/${made.segment}`, tab(2)), page('segment-numbers', `/segments/${made.segment}`, tab(3)), page('segment-edit', `/segments/${made.segment}/edit`),
    page('campaigns', '/campaigns'), page('campaign-new', '/campaigns/new'),
    ...[0, 1, 2, 3].map((n) => page(`campaign-running-${n}`, `/campaigns/${made.running}`, tab(n))),
    ...[0, 1, 2].map((n) => page(`campaign-draft-${n}`, `/campaigns/${made.draft}`, tab(n))),
    ...[0, 1].map((n) => page(`campaign-broadcast-${n}`, `/campaigns/${made.broadcast}`, tab(n))),
    page('messages', '/messages'), page('messages-held', '/messages?state=held'), page('mails', '/mails'), page('mail', `/mails/${mails[0].id}`), page('mail-headers', `/mails/${mails[0].id}`, tab(2)),
    page('imports', '/imports'), page('import-done', `/imports/${made.imported}`), page('import-open', `/imports/${made.waiting}`),
    page('plugins', '/plugins'), page('plugin-email', '/plugins/channel-email'), page('plugin-cluster', '/plugins/profiler-cluster'), page('plugin-form', '/plugins/channel-webhook', open('main .instances button, main section button')),
    page('discover', '/discover'), page('discover-goal', '/discover/for/churn'), page('discover-run', '/discover/with/value'),
    ...models.map((model) => page(`model-${model.instance}`, `/models/${model.id}`)), page('fact-age', '/discover/facts?trait=age'), page('fact-city', '/discover/facts?trait=city'), page('fields', '/discover/fields'),
    page('website', '/website'), page('set-aside', '/set-aside'), page('reviews', '/reviews'), page('settings', '/settings'), page('account', '/account'), page('users', '/account/users'), page('tokens', '/account/tokens'), page('audit', '/account/audit'),
    page('missing', '/nowhere'), page('unreachable', '/segments', (page) => page.locator('main .card h2').waitFor(), ['**/api/v1/segments', (route) => route.abort()]),
    page('keys', '/', (page) => page.keyboard.press('?')),
  ]
}
