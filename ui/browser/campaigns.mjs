import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { title: 'Campaigns', make: 'New campaign', save: 'Save', words: 'Words', questions: 'Questions', launch: 'Rehearse and start', rehearse: 'Rehearse', start: 'Start the campaign', running: 'Running', results: 'Results', pause: 'Pause', goOn: 'Go on', draft: 'Make the draft', release: /^Release to/, back: 'Take it back', messages: 'Messages', held: 'Not sent', missing: 'There is no such campaign', first: 'Your first campaign' },
  'zh-CN': { title: '营销活动', make: '新建活动', save: '保存', words: '文字', questions: '问题', launch: '预演并启动', rehearse: '预演', start: '启动活动', running: '进行中', results: '结果', pause: '暂停', goOn: '继续', draft: '建立草稿', release: /^放行/, back: '撤回', messages: '消息', held: '未发送', missing: '没有这个活动', first: '您的第一个活动' },
}

/** A recipe becomes a campaign that runs, and a broadcast is taken back: as an owner does it, on a phone and on a desk. */
export async function campaigns({ browser, base, locale, width, check }) {
  const words = WORDS[locale]
  const guest = await visitor(browser, { base, locale, width })
  const { page } = guest
  const step = guest.steps({ check })
  const press = (name, options = {}) => page.getByRole('button', { name, exact: typeof name === 'string', ...options }).first().click()
  const tab = (name) => page.getByRole('tab', { name, exact: true }).click()
  const shown = (locator) => locator.first().waitFor()

  await step('campaigns empty', async () => {
    await page.route('**/api/v1/campaigns?*', (route) => route.fulfill({ json: { items: [], nextCursor: null } }))
    await page.goto('/campaigns')
    await shown(page.getByRole('heading', { name: words.first }))
    await page.unroute('**/api/v1/campaigns?*')
  })
  await step('campaigns gallery', async () => {
    await page.getByRole('link', { name: words.make, exact: true }).first().press('Enter')
    await shown(page.locator('[data-recipe=welcome]'))
    await shown(page.locator('select option[value=recent-buyers]').locator('..'))
  })
  await step('campaigns words', async () => {
    await page.locator('[data-recipe=welcome]').press('Enter')
    await shown(page.locator('input[name=subject-en]'))
    await page.locator('input[name=subject-en]').fill('Hello from the walk')
    await page.locator('input[name=subject-zh-CN]').fill('散步的问候')
    await press(words.save)
    await page.locator('.save').waitFor({ state: 'detached' })
    await shown(page.getByRole('heading', { level: 3, name: locale === 'en' ? 'Hello from the walk' : '散步的问候' }))
    const frame = page.frameLocator('iframe').locator('body')
    await page.frameLocator('iframe').locator('p').first().waitFor()
    expect((await frame.innerText()).trim().length > 0, 'the preview is empty')
    expect(!(await frame.innerText()).includes('{{'), 'a field was not filled in')
    await page.locator('iframe').scrollIntoViewIfNeeded()
  })
  await step('campaigns questions', async () => {
    await tab(words.questions)
    await page.locator('input[name=mails]').fill('2')
    await press(words.save)
    await page.locator('.save').waitFor({ state: 'detached' })
    expect((await page.locator('.steps li.send').count()) === 2, 'the picture of the steps does not follow the answers')
  })
  await step('campaigns rehearsal', async () => {
    await tab(words.launch)
    expect(await page.getByRole('button', { name: words.start }).isDisabled(), 'it can be started before it was rehearsed')
    await press(words.rehearse)
    await shown(page.locator('.count'))
    await page.locator('summary').first().press('Enter')
    await shown(page.locator('.people a'))
  })
  await step('campaigns running', async () => {
    await page.locator('input[name=also]').nth(1).check()
    await press(words.start)
    await shown(page.locator('.pill.active'))
    await press(words.pause)
    await shown(page.locator('.pill.paused'))
    await press(words.goOn)
    await shown(page.locator('.pill.active'))
  })
  await step('campaigns results', async () => {
    await tab(words.results)
    const entered = page.locator('.numbers button:enabled').first()
    await shown(entered)
    await entered.press('Enter')
    await shown(page.locator('.people li a'))
  })
  await check(`${locale} ${width} campaigns missing`, async () => {
    await page.goto('/campaigns/nothing')
    await shown(page.getByRole('heading', { name: words.missing }))
    guest.forget()
  })
  await step('campaigns broadcast', async () => {
    await page.goto('/campaigns/new')
    await page.locator('select').selectOption('recent-buyers')
    await page.locator('.broadcast input').fill('Walk')
    await press(words.draft)
    await tab(words.launch)
    await press(words.rehearse)
    await shown(page.locator('.count'))
    await shown(page.getByRole('button', { name: words.release }).and(page.locator(':enabled')))
  })
  await step('campaigns window', async () => {
    await press(words.release)
    await shown(page.locator('.pill.released'))
    await shown(page.getByRole('button', { name: words.back }))
  })
  await step('campaigns taken back', async () => {
    await press(words.back)
    await shown(page.locator('.pill.draft'))
  })
  await step('campaigns list', async () => {
    await page.goto('/campaigns')
    await shown(page.locator('a.row'))
  })
  await step('messages list', async () => {
    await page.goto('/messages')
    await shown(page.locator('li .state'))
    await page.locator('select').first().selectOption('held')
    await page.waitForURL((url) => url.searchParams.get('state') === 'held')
    await shown(page.locator('li .why'))
  })
  await check(`${locale} ${width} campaigns unreachable`, async () => {
    await page.route('**/api/**', (route) => route.abort())
    await page.goto('/campaigns')
    await shown(page.locator('[role=alert]'))
    await guest.look('campaigns unreachable')
  })
  await guest.close()
}
