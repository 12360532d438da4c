import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

/** Texts that are code to a page that takes them for HTML, an address, a template or a style. */
const RUN = 'alert(document.domain)'
const PAYLOADS = [
  `<script>${RUN}</script>`, `"><script>${RUN}</script>`, `'><script>${RUN}</script>`, `</title><script>${RUN}</script>`, `</textarea><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`, `--><script>${RUN}</script>`, `]]><script>${RUN}</script>`, `<scr<script>ipt>${RUN}</scr</script>ipt>`, `<SCRIPT/x>${RUN}</SCRIPT>`,
  `<img src=x onerror=${RUN}>`, `"><img src=x onerror=${RUN}>`, `<img src=x onerror="${RUN}"//`, `<IMG """><SCRIPT>${RUN}</SCRIPT>">`, '<img src=`x` onerror=`alert(1)`>',
  `<svg onload=${RUN}>`, `<svg><script>${RUN}</script></svg>`, `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:${RUN}"><text x=9 y=9>x</text></a>`,
  `<math><mtext></mtext><mglyph><style><!--</style><img title="--><img src=x onerror=${RUN}>">`, `<body onload=${RUN}>`, `<iframe src="javascript:${RUN}"></iframe>`, `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}">`, `<embed src="javascript:${RUN}">`, `<details open ontoggle=${RUN}>x</details>`, `<video><source onerror=${RUN}></video>`, `<audio src=x onerror=${RUN}>`, `<input autofocus onfocus=${RUN}>`,
  `<select autofocus onfocus=${RUN}></select>`, `<marquee onstart=${RUN}>x</marquee>`, `<form action="javascript:${RUN}"><button>x</button></form>`, `<a href="javascript:${RUN}">x</a>`, `<a href="  java&Tab;script:${RUN}">x</a>`,
  `<base href="javascript:/${RUN}/">`, `<link rel=stylesheet href="data:text/css,*{background:url(javascript:${RUN})}">`, `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`, `<style>@import 'javascript:${RUN}';</style>`,
  `" onmouseover=${RUN} x="`, `' onfocus=${RUN} autofocus x='`, `javascript:${RUN}`, `data:text/html,<script>${RUN}</script>`, `{{constructor.constructor('${RUN}')()}}`, `\${${RUN}}`, `#{${RUN}}`, `<%= ${RUN} %>`,
  `@:{'x'} {n} | %{a}`, `&lt;script&gt;${RUN}&lt;/script&gt;`, `\u003cscript\u003e${RUN}\u003c/script\u003e`, `＜script＞${RUN}＜/script＞`, `\u202e<img src=x onerror=${RUN}>`,
]

/** Puts code for text wherever a person or another program may write something, and looks at every page that shows it. */
export async function hostile({ browser, base, check, owner }) {
  const guest = await visitor(browser, { base, locale: 'en', width: 1440 })
  const { page } = guest
  const run = `${Date.now()}`
  const mail = (i) => `hostile-${run}-${i}@example.com`
  const shown = (selector, options) => page.locator(selector, options).first().waitFor()
  const quiet = (name, work) => check(`hostile ${name}`, async () => {
    await work()
    // A handler that is to run runs once its element has failed to load.
    await page.waitForTimeout(150)
    guest.silent()
  }).then(guest.forget)
  /** A mail is shown where nothing may run; what would run elsewhere is not in it either. */
  const framed = async () => {
    const frame = page.frameLocator('iframe')
    await frame.locator('p').nth(10).waitFor()
    const live = await frame.locator('script, iframe, object, embed, svg, form, base, meta[http-equiv=refresh], [onerror], [onload], [onfocus], a[href^="javascript:"]').count()
    expect(live === 0, `${live} parts of a mail would run elsewhere`)
  }
  /** As the page itself asks, so that the session and its token are beside it. */
  const ask = (path, body, method = 'POST') => page.evaluate(async ({ path, body, method }) => {
    const { csrf } = await (await fetch('/api/v1/session')).json()
    const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }, { path, body, method })

  await check('hostile code is heard of where it runs', async () => {
    const naked = await visitor(browser, { base, locale: 'en', width: 390, state: undefined })
    await naked.page.goto('about:blank')
    await naked.page.setContent(PAYLOADS[10])
    await naked.page.waitForTimeout(300)
    let heard = false
    try {
      naked.silent()
    } catch {
      heard = true
    }
    await naked.close()
    expect(heard, 'a script ran and nothing said so')
  })

  await quiet('names and facts of customers', async () => {
    await page.goto('/settings')
    await shown('.backups h2')
    for (const [i, payload] of PAYLOADS.entries()) {
      const { status, body } = await ask('/api/v1/profiles', { identifiers: { email: mail(i) }, traits: { name: payload, city: payload, company: payload } })
      expect(status < 300, `${payload} was answered ${status} ${JSON.stringify(body)}`)
    }
    const event = async (type, properties) => {
      const { status, body } = await ask('/api/v1/events', { type, identifiers: { email: mail(0) }, properties })
      expect(status === 202, `${type} was answered ${status} ${JSON.stringify(body)}`)
    }
    await event('order', { orderId: PAYLOADS[1], total: 1, currency: 'EUR', product: PAYLOADS[10], url: `javascript:${RUN}`, items: [{ name: PAYLOADS[15] }] })
    for (const type of ['page_view', 'product_view', 'search', 'hostile.kind']) {
      await event(type, { url: `javascript:${RUN}`, name: PAYLOADS[0], title: PAYLOADS[10], referrer: PAYLOADS[21], query: PAYLOADS[39], userAgent: PAYLOADS[15] })
    }
    await page.goto(`/customers?q=hostile-${run}`)
    await page.getByText(PAYLOADS[0], { exact: true }).first().waitFor()
    await page.locator('a.row', { hasText: mail(0) }).click()
    await shown('.traits')
    for (const tab of ['Messages', 'Timeline']) await page.getByRole('tab', { name: tab }).click()
    await shown('[data-type="order"]')
    for (const details of await page.locator('main details:visible').all()) await details.click()
  })

  await quiet('cells of a file', async () => {
    const cell = (text) => `"${text.replaceAll('"', '""')}"`
    const head = ['email', 'name', ...PAYLOADS.slice(0, 8)].map(cell).join(',')
    const rows = PAYLOADS.map((payload, i) => [mail(i), ...Array(9).fill(payload)].map(cell).join(','))
    const broken = PAYLOADS.slice(0, 10).map((payload) => [payload, payload].map(cell).join(','))
    await page.goto('/imports')
    await page.setInputFiles('input[type=file]', { name: `${PAYLOADS[10]}.csv`.replaceAll('/', ' '), mimeType: 'text/csv', buffer: Buffer.from([head, ...rows, ...broken].join('\n')) })
    await page.getByText(PAYLOADS[1], { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Look what would happen' }).click()
    await shown('.card dd')
    for (const details of await page.locator('main details:visible').all()) await details.click()
  })

  await quiet('subjects and bodies of mails', async () => {
    const made = await ask('/api/v1/campaigns', { recipe: 'welcome' })
    const campaign = made.body
    const id = encodeURIComponent(campaign.id)
    const words = (subject) => ({ subject, blocks: PAYLOADS.filter((text) => !/[{}]/.test(text)).slice(0, 30).map((paragraph) => ({ paragraph })) })
    const tag = await page.evaluate(async (path) => (await fetch(path)).headers.get('ETag'), `/api/v1/campaigns/${id}`)
    const change = { name: { en: PAYLOADS[15] }, answers: campaign.answers, mails: { [campaign.mails[0].id]: { en: words(PAYLOADS[10]) } } }
    const changed = await page.evaluate(async ({ path, change, tag }) => {
      const { csrf } = await (await fetch('/api/v1/session')).json()
      const answer = await fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'If-Match': tag }, body: JSON.stringify(change) })
      return `${answer.status} ${await answer.text()}`
    }, { path: `/api/v1/campaigns/${id}`, change, tag })
    expect(changed.startsWith('200'), changed)
    await page.goto(`/campaigns/${id}`)
    await page.getByRole('heading', { level: 3, name: PAYLOADS[10] }).waitFor()
    await framed()
    const tried = await ask(`/api/v1/campaigns/${id}/mails/${campaign.mails[0].id}/test?language=en`, { to: mail(0) })
    expect(tried.body.ok, JSON.stringify(tried))
    await page.goto('/mails')
    await page.locator('.list li a', { hasText: '<img' }).first().click()
    await framed()
    for (const tab of await page.getByRole('tab').all()) await tab.click()
    await ask(`/api/v1/campaigns/${id}/end`, {})
  })

  await quiet('the company on the page behind an unsubscribe link', async () => {
    await page.goto('/mails')
    const [company, leave] = await page.evaluate(async () => {
      const json = async (path) => (await fetch(path)).json()
      const { items } = await json('/api/v1/mails?limit=50')
      for (const { id } of items) {
        // A mail that was sent to try the words has none.
        const raw = await (await fetch(`/api/v1/mails/${encodeURIComponent(id)}/raw`)).text()
        const link = /<http[^>]*(\/u\/[^>]+)>/.exec(raw.replace(/\r\n[ \t]+/g, ''))?.[1]
        if (link) return [await json('/api/v1/company'), link]
      }
      return []
    })
    expect(leave, 'the mail has no link to unsubscribe')
    const reader = await visitor(browser, { base, locale: 'en', width: 390, state: undefined })
    const main = reader.page.locator('main')
    for (const sender of PAYLOADS) {
      const { status, body } = await ask('/api/v1/company', { ...company, sender, postalAddress: sender })
      expect(status === 200, `${sender} was answered ${status} ${JSON.stringify(body)}`)
      await reader.page.goto(leave)
      expect((await main.textContent()).includes(sender), `the page does not say ${sender}`)
    }
    await reader.page.locator('button').click()
    await reader.page.locator('button').waitFor({ state: 'detached' })
    expect((await main.textContent()).includes(PAYLOADS.at(-1)), 'who is unsubscribed is not told from whom')
    await reader.page.waitForTimeout(150)
    reader.silent()
    await reader.close()
    await ask('/api/v1/company', company)
  })

  await quiet('names of segments and people', async () => {
    const segment = await ask('/api/v1/segments', { name: { en: PAYLOADS[10], 'zh-CN': PAYLOADS[0] }, condition: { all: [{ trait: 'city', comparison: 'equal', value: PAYLOADS[1], type: 'text' }] } })
    const path = `/segments/${encodeURIComponent(segment.body.id)}`
    await page.goto('/segments')
    await page.getByText(PAYLOADS[10], { exact: true }).first().waitFor()
    await page.goto(path)
    await page.getByRole('heading', { level: 1, name: PAYLOADS[10] }).waitFor()
    await page.goto('/campaigns')
    await page.getByText(PAYLOADS[15], { exact: true }).first().waitFor()
    await ask('/api/v1/confirm', { passphrase: owner.passphrase })
    const token = await ask('/api/v1/tokens', { name: PAYLOADS[10], days: 1, scopes: ['customers:read'] })
    expect(token.status < 300, `a token was answered ${token.status} ${JSON.stringify(token.body)}`)
    await page.goto('/account/tokens')
    await page.goto('/account/audit')
    await shown('ol li')
  })

  await quiet('texts of a plugin', async () => {
    const text = { en: PAYLOADS[10], 'zh-CN': PAYLOADS[0] }
    await page.route('**/api/v1/plugins', async (route) => {
      const answer = await (await route.fetch()).json()
      for (const card of answer.items) Object.assign(card.current ?? {}, { description: text, version: PAYLOADS[1], provider: PAYLOADS[2], permissions: text })
      await route.fulfill({ json: answer })
    })
    await page.route('**/api/v1/plugins/channel-webhook', async (route) => {
      const card = await (await route.fetch()).json()
      Object.assign(card.current, { description: text, permissions: text, provider: PAYLOADS[2] })
      await route.fulfill({ json: { ...card, failure: text, uses: [{ pointer: '/x', code: 'x', message: PAYLOADS[10] }] } })
    })
    await page.route('**/api/v1/plugins/channel-webhook/schema', async (route) => {
      const schema = await (await route.fetch()).json()
      for (const property of Object.values(schema.properties)) Object.assign(property, { title: PAYLOADS[10], description: PAYLOADS[15], default: undefined })
      await route.fulfill({ json: { ...schema, title: PAYLOADS[1], description: PAYLOADS[21] } })
    })
    await page.goto('/plugins')
    await page.getByText(PAYLOADS[10], { exact: true }).first().waitFor()
    await page.goto('/plugins/channel-webhook')
    await page.getByRole('button', { name: 'Set up one more' }).click()
    await page.getByText(PAYLOADS[15], { exact: true }).first().waitFor()
  })
  await guest.close()
}
