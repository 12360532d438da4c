// A website of the owner's, on an origin of its own, visited by people in a real browser.
// SOLOIST_URL: the server. SITE_URL: where the site is to listen, one of the server's sites.
import { createServer } from 'node:http'
import { launch } from './launch.mjs'
import { expect, tally } from './tally.mjs'

const base = process.env.SOLOIST_URL
const site = process.env.SITE_URL
const shop = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end(
    `<!doctype html><title>Tea &amp; Co</title><script src="${base}/t.js"></script><h1>${request.url.length}</h1>`,
  )
})
await new Promise((listening) => shop.listen(new URL(site).port, new URL(site).hostname, listening))

const run = tally()
const browser = await launch()
const wait = (page) => page.waitForResponse((answer) => answer.url() === `${base}/e`, { timeout: 20_000 })

async function visitor(name, work, before) {
  const context = await browser.newContext()
  if (before) await context.addInitScript(before)
  const page = await context.newPage()
  const told = []
  page.on('request', (request) => request.url().endsWith('/e') && told.push(request.postDataJSON()))
  await run.check(name, () => work(page, told, context))
  await context.close()
}

try {
  await visitor('nothing is told or kept before somebody agrees', async (page, told, context) => {
    await page.goto(`${site}/tea?session=secret`)
    await page.evaluate(() => globalThis.soloist.search('sencha'))
    await page.waitForTimeout(300)
    expect(told.length === 0, `told ${told.length}`)
    expect((await context.storageState()).origins.length === 0, 'something was kept')
    expect((await context.cookies()).length === 0, 'a cookie was set')
  })
  await visitor('what was done before is told once they agree, and nothing after they withdraw', async (page, told) => {
    await page.goto(`${site}/tea?session=secret&utm_source=mail#top`)
    const taken = wait(page)
    await page.evaluate(() => globalThis.soloist.consent(true))
    expect((await taken).status() === 202, `answered ${(await taken).status()}`)
    for (const call of [
      () => globalThis.soloist.product({ product: 'T-1', name: 'Sencha', price: 12.5, currency: 'EUR' }),
      () => globalThis.soloist.cart({ product: 'T-1', name: 'Sencha', quantity: 2 }),
      () => globalThis.soloist.search('绿茶'),
    ]) {
      const next = wait(page)
      await page.evaluate(call)
      expect((await next).status() === 202, `answered ${(await next).status()}`)
    }
    const next = wait(page)
    await page.goto(`${site}/second`)
    await next
    const visitors = new Set(told.map((one) => one.visitor))
    expect(visitors.size === 1 && told.length === 5, `told ${told.length} as ${visitors.size}`)
    console.log(`visitor ${[...visitors][0]}`)
    await page.evaluate(() => globalThis.soloist.consent(false))
    await page.goto(`${site}/third`)
    await page.waitForTimeout(300)
    expect(told.length === 5, 'somebody who has withdrawn was followed')
    expect(await page.evaluate(() => localStorage.length === 0), 'the number was kept')
  })
  await visitor(
    'a browser that asks not to be followed gets no number',
    async (page, told) => {
      await page.goto(`${site}/tea`)
      const taken = wait(page)
      await page.evaluate(() => globalThis.soloist.consent(true))
      expect((await taken).status() === 202, `answered ${(await taken).status()}`)
      expect(told[0].visitor === null, 'a number was told')
    },
    () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
} finally {
  await browser.close()
  shop.close()
}
process.exit(run.close() ? 0 : 1)
