import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const TITLES = {
  en: { first: /first customer/, missing: 'There is no such customer', page: 'There is no such page', unreachable: 'The server does not answer', held: 'Messages are held back', release: 'Send them' },
  'zh-CN': { first: /第一位客户/, missing: '没有这位客户', page: '没有这个页面', unreachable: '服务器没有应答', held: '消息已暂停发送', release: '放行发送' },
}

/** The states a full server does not show: nobody yet, messages held back, nothing under an id, no page, no answer. */
export async function states({ browser, base, locale, width, check }) {
  const titles = TITLES[locale]
  const guest = await visitor(browser, { base, locale, width })
  const { page } = guest
  const state = guest.steps({ check, loud: true })
  const heading = (name) => page.getByRole('heading', { name }).first().waitFor()

  await state('empty', async () => {
    await page.route('**/api/v1/profiles?*', (route) =>
      route.fulfill({ json: { items: [], nextCursor: null, total: { value: 0, relation: 'eq' } } }),
    )
    await page.goto('/customers')
    await heading(titles.first)
    await page.locator('.first summary').click()
    expect((await page.locator('pre').innerText()).includes('/api/v1/events'), 'the first step shows no command')
    await page.unroute('**/api/v1/profiles?*')
    guest.silent()
  })
  await state('held back', async () => {
    const held = { reason: 'restored', since: '2026-11-02T09:00:00Z', from: '2026-11-01T09:00:00Z' }
    await page.route('**/api/v1/sending', (route) => route.fulfill({ json: { held, waiting: 12 } }))
    await page.goto('/')
    await heading(titles.held)
  })
  await state('released', async () => {
    await page.unroute('**/api/v1/sending')
    // From here on the server answers, which holds nothing back.
    await page.getByRole('button', { name: titles.release }).click()
    await page.getByRole('heading', { name: titles.held }).waitFor({ state: 'detached' })
  })
  await state('missing customer', async () => {
    await page.goto('/customers/nobody')
    await heading(titles.missing)
  })
  await state('missing page', async () => {
    await page.goto('/nowhere')
    await heading(titles.page)
  })
  await state('unreachable', async () => {
    await page.route('**/api/**', (route) => route.abort())
    await page.goto('/')
    await heading(titles.unreachable)
  })
  await guest.close()
}
