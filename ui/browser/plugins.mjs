import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { add: 'Set up one more', save: 'Save', off: 'Turn off', on: 'Turn on', running: 'Running', isOff: 'Off', test: 'Send a test message' },
  'zh-CN': { add: '新增一份配置', save: '保存', off: '停用', on: '启用', running: '运行中', isOff: '已停用', test: '发送一条测试消息' },
}

/** A plugin set up, tried against a real address, turned off and on again; and the page about the owner's website. */
export async function plugins({ browser, base, locale, width, pictures, owner, check }) {
  const guest = await visitor(browser, { base, locale, width })
  const { page } = guest
  const step = async (name, work) => {
    await check(`${locale} ${width} ${name}`, async () => {
      await work()
      await guest.worded()
      await guest.accessible()
      await guest.fits()
      await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}-${locale}-${width}.png`) })
    })
    guest.forget()
  }
  /** Waits for something, and gives the passphrase where it is asked for on the way. */
  const until = async (found) => {
    const asked = page.locator('dialog[open] input[type=password]')
    await found.or(asked).first().waitFor({ timeout: 30_000 })
    if (await asked.isVisible()) {
      await asked.fill(owner.passphrase)
      await asked.press('Enter')
      await found.first().waitFor({ timeout: 30_000 })
    }
  }
  const words = WORDS[locale]
  const button = (name) => page.getByRole('button', { name, exact: true })
  const shown = (text) => page.getByText(text, { exact: true }).first().waitFor({ timeout: 30_000 })
  const mail = `${locale}-${width}`.toLowerCase()

  const heard = []
  const target = createServer((request, response) => {
    heard.push(request.headers)
    request.resume().on('end', () => response.end())
  })
  await new Promise((listening) => target.listen(0, '127.0.0.1', listening))
  try {
    await step('plugins', async () => {
      await page.goto('/plugins')
      await page.locator('li.card').first().waitFor()
    })
    await step('plugin fault', async () => {
      await page.locator('a[href="/plugins/channel-webhook"]').click()
      await button(words.add).click()
      await button(words.save).click()
      await until(page.locator('form .fault'))
    })
    await step('plugin set up', async () => {
      const form = page.locator('form', { has: page.locator('.form input[type=password]') })
      await form.locator('input').nth(0).fill(`Hook ${mail}`)
      await form.locator('input').nth(1).fill(`http://127.0.0.1:${target.address().port}/`)
      await form.locator('input[type=password]').fill('a secret of sixteen letters')
      await form.locator('input[type=checkbox]').check()
      await button(words.save).click()
      await until(page.getByRole('button', { name: `Hook ${mail}` }))
    })
    await step('plugin tried', async () => {
      await page.getByRole('button', { name: `Hook ${mail}` }).click()
      await page.locator('.try input').fill('somebody')
      await button(words.test).click()
      await page.locator('.try .good').waitFor({ timeout: 30_000 })
      expect(heard.length === 1, `the address heard ${heard.length} messages`)
      const secret = await page.locator('.form input[type=password]').inputValue()
      expect(secret === '', 'the secret came back')
    })
    await step('plugin off and on', async () => {
      await button(words.off).click()
      await page.locator('dialog').getByRole('button', { name: words.off, exact: true }).click()
      await shown(words.isOff)
      await button(words.on).click()
      await until(page.getByText(words.running, { exact: true }))
    })
  } finally {
    target.close()
  }
  await step('website', async () => {
    await page.goto('/website')
    await page.locator('pre').first().waitFor()
  })
  await guest.close()
}
