import { createServer } from 'node:http'
import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { install: 'Install it', add: 'Set up one more', save: 'Save', off: 'Turn off', on: 'Turn on', running: 'Running', isOff: 'Off', test: 'Send a test message' },
  'zh-CN': { add: '新增一份配置', save: '保存', off: '停用', on: '启用', running: '运行中', isOff: '已停用', test: '发送一条测试消息' },
}

/** A plugin that somebody brings: uploaded, confirmed, set up, tried, turned on and off. */
export async function uploaded({ browser, base, owner, check }) {
  const zip = process.env.SOLOIST_PLUGIN
  if (!zip) {
    console.log('no plugin was uploaded: SOLOIST_PLUGIN names none')
    return
  }
  const guest = await visitor(browser, { base, locale: 'en', width: 390 })
  const { page } = guest
  const step = guest.steps({ check, prefix: 'plugin ', loud: true })
  const words = WORDS.en
  const button = (name) => page.getByRole('button', { name, exact: true })
  const shown = (text) => page.getByText(text, { exact: true }).first()
  const { target, heard } = await listening()
  try {
    await step('uploaded', async () => {
      await page.goto('/plugins')
      await page.setInputFiles('input[type=file]', zip)
      await guest.until(button(words.install), owner)
    })
    await step('installed', async () => {
      await button(words.install).click()
      await guest.until(button(words.on).or(button(words.off)), owner)
    })
    await step('enabled', async () => {
      if (await button(words.on).isVisible()) await button(words.on).click()
      await guest.until(shown(words.running), owner)
    })
    await step('configured', async () => {
      await button(words.add).click()
      const form = page.locator('form', { has: page.locator('.form input[type=password]') })
      await form.locator('input').nth(0).fill('Brought along')
      await form.locator('input').nth(1).fill(`http://127.0.0.1:${target.address().port}/`)
      await form.locator('input[type=password]').fill('a secret of sixteen letters')
      await form.locator('input[type=checkbox]').check()
      await button(words.save).click()
      await guest.until(page.getByRole('button', { name: 'Brought along' }), owner)
    })
    await step('tested', async () => {
      await page.getByRole('button', { name: 'Brought along' }).click()
      await page.locator('.try input').fill('somebody')
      await button(words.test).click()
      await page.locator('.try .good').waitFor()
      expect(heard.length === 1, `the address heard ${heard.length} messages`)
    })
    await step('disabled', async () => {
      await button(words.off).click()
      await page.locator('dialog').getByRole('button', { name: words.off, exact: true }).click()
      await shown(words.isOff).waitFor()
    })
  } finally {
    target.close()
  }
  await guest.close()
}

/** An address that hears what it is told. */
async function listening() {
  const heard = []
  const target = createServer((request, response) => {
    heard.push(request.headers)
    request.resume().on('end', () => response.end())
  })
  await new Promise((open) => target.listen(0, '127.0.0.1', open))
  return { target, heard }
}

/** A plugin set up, tried against a real address, turned off and on again; and the page about the owner's website. */
export async function plugins({ browser, base, locale, width, owner, check }) {
  const guest = await visitor(browser, { base, locale, width })
  const { page } = guest
  const step = guest.steps({ check, loud: true })
  const until = (found) => guest.until(found, owner)
  const words = WORDS[locale]
  const button = (name) => page.getByRole('button', { name, exact: true })
  const shown = (text) => page.getByText(text, { exact: true }).first().waitFor()
  const mail = `${locale}-${width}`.toLowerCase()

  const { target, heard } = await listening()
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
      await page.locator('.try .good').waitFor()
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
