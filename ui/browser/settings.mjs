import { readFileSync } from 'node:fs'
import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { save: 'Save', example: 'Begin with an example', saved: 'Saved.', make: 'Make a backup', take: /^Download: /, leave: 'Leave without saving?', stay: 'Cancel', from: 'Sender address', try: 'Send a test mail', back: 'Back to the mail catcher' },
  'zh-CN': { save: '保存', example: '从示例开始', saved: '已保存。', make: '立即备份', take: /^下载: /, leave: '不保存就离开？', stay: '取消', from: '发件地址', try: '发送测试邮件', back: '改回本机收件箱' },
}
const LOOKS = [
  { locale: 'zh-CN', width: 390, dark: true },
  { locale: 'en', width: 1440, dark: false },
]

/** What the owner sets: the company, kept from being lost; where mail goes, tried and taken back; a backup that is made and taken home. */
export async function settings({ browser, base, check, owner }) {
  for (const { locale, width, dark } of LOOKS) {
    const words = WORDS[locale]
    const guest = await visitor(browser, { base, locale, width, dark })
    const { page } = guest
    // Grave changes are refused until the passphrase was given again.
    const step = guest.steps({ check, prefix: 'settings ', loud: true })
    const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' })
    const address = page.locator('input[autocomplete=street-address]')
    const save = page.locator('form', { has: address }).getByRole('button', { name: words.save, exact: true })

    await step('page', async () => {
      await page.goto('/settings')
      await address.waitFor()
      await page.locator('.sender dd').first().waitFor()
      await page.locator('.backups pre').waitFor()
      await page.locator('.relay input').first().waitFor()
      expect((await page.locator('.backups pre').innerText()).startsWith('core/soloist restore --file '), 'no command says how a backup comes back')
      guest.silent()
    })
    // What is done is the same in the other language; how it looks is seen above.
    if (locale !== LOOKS[0].locale) {
      await guest.close()
      continue
    }
    await step('fault', async () => {
      await address.fill(' ')
      await save.click()
      await page.locator('form .fault').filter({ hasText: /./ }).first().waitFor()
    })
    await step('unsaved', async () => {
      await address.fill(`2 Quay Street, ${locale}`)
      await page.locator('a.brand').click()
      const dialog = page.locator('dialog[open]')
      await dialog.getByRole('heading', { name: words.leave }).waitFor()
      await dialog.getByRole('button', { name: words.stay, exact: true }).click()
      expect((await address.inputValue()) === `2 Quay Street, ${locale}`, 'what was typed is gone')
    })
    await step('saved', async () => {
      await save.click()
      await page.getByText(words.saved, { exact: true }).waitFor()
      await page.reload()
      await address.waitFor()
      expect((await address.inputValue()) === `2 Quay Street, ${locale}`, 'what was saved is gone')
      guest.silent()
    })
    const relay = page.locator('form.relay')
    const field = (n) => relay.locator('input').nth(n)
    await step('sender fault', async () => {
      await field(0).fill('not a name')
      await relay.locator('button[type=submit]').click()
      await guest.until(relay.locator('.fault').filter({ hasText: /./ }), owner)
    })
    await step('sender', async () => {
      // The mail catcher is a mail server like any other, so it is the one that is set.
      const catcher = await page.evaluate(async () => (await fetch('/api/v1/instances/email')).json())
      expect(catcher.setBy === 'server', `somebody else has set it: ${catcher.setBy}`)
      await field(0).fill('127.0.0.1')
      await field(1).fill(catcher.settings.port)
      await relay.locator('select').selectOption('none')
      await relay.locator('label', { hasText: words.from }).first().locator('input').fill('shop@tea.example')
      await relay.locator('button[type=submit]').click()
      await guest.until(relay.locator('.saved'), owner)
    })
    await step('sender tried', async () => {
      await button(words.try).click()
      await page.locator('.try .good').waitFor()
    })
    await step('sender back', async () => {
      await button(words.back).click()
      await page.locator('dialog[open]').getByRole('button', { name: words.back, exact: true }).click()
      await page.locator('.try').waitFor({ state: 'detached' })
      expect((await field(0).inputValue()) === '', 'the mail server is still shown')
    })
    await step('address fault', async () => {
      const form = page.locator('form.address')
      await form.locator('input').fill('http://shop.example')
      await form.locator('button[type=submit]').click()
      await guest.until(form.locator('.fault').filter({ hasText: /./ }), owner)
      await form.locator('input').fill('')
    })
    await step('agreement', async () => {
      const sentence = page.locator('textarea[lang=zh-CN]')
      await button(words.example).click()
      expect((await sentence.inputValue()).includes('退订'), 'the example does not say that it can be ended')
      await page.locator('form', { has: sentence }).locator('button[type=submit]').click()
      await page.getByText(words.saved, { exact: true }).waitFor()
      await page.goto('/website')
      await page.locator('blockquote').waitFor()
      await page.goto('/settings')
      await address.waitFor()
    })
    await step('backup', async () => {
      const before = await page.locator('.backups li').count()
      await button(words.make).click()
      await guest.until(page.locator('.backups li').nth(before), owner)
      await page.locator('.backups .is-loading').waitFor({ state: 'detached' })
    })
    await step('backup taken home', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), button(words.take).first().click()])
      expect(/\.soloist$/.test(download.suggestedFilename()), `it is called ${download.suggestedFilename()}`)
      const bytes = readFileSync(await download.path()).length
      expect(bytes > 1_000, `it has ${bytes} bytes`)
      const again = await page.request.get(download.url())
      expect(again.status() === 403, `its link is good again: ${again.status()}`)
    })
    await guest.close()
  }
}
