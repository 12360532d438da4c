import { createServer } from 'node:http'
import { expect } from './tally.mjs'

const WORDS = {
  en: { try: 'Try', start: 'Bring it in', undo: 'Take it back', undone: 'Taken back', add: 'Set up one more', save: 'Save', off: 'Turn off', on: 'Turn on', running: 'Running', isOff: 'Off', test: 'Send a test message', install: 'Install it' },
  'zh-CN': { try: '试运行', start: '开始导入', undo: '撤回', undone: '已撤回', add: '新增一份配置', save: '保存', off: '停用', on: '启用', running: '运行中', isOff: '已停用', test: '发送一条测试消息', install: '安装' },
}

/** A file brought in and taken back, and a plugin set up, tried, turned off and on again. */
export async function files({ page, step, locale, width }) {
  const words = WORDS[locale]
  const button = (name) => page.getByRole('button', { name, exact: true })
  const shown = (text) => page.getByText(text, { exact: true }).first().waitFor({ timeout: 30_000 })
  const mail = `${locale}-${width}`.toLowerCase()

  await step('imports', async () => {
    await page.goto('/imports')
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
  })
  await step('import draft', async () => {
    const buffer = Buffer.from(`email,name,city\nada-${mail}@shop.example,Ada,London\nnobody,Bea,Paris\n`)
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer })
    await page.waitForURL(/\/imports\/./)
    await page.locator('table tbody tr').nth(2).waitFor()
  })
  await step('import tried', async () => {
    await button(words.try).click()
    await page.locator('details[open] li', { hasText: 'nobody' }).waitFor({ timeout: 30_000 })
  })
  await step('import done', async () => {
    await button(words.start).click()
    const rejects = page.locator('a[download]')
    await rejects.waitFor({ timeout: 30_000 })
    const csv = await page.evaluate(async (path) => (await fetch(path)).text(), await rejects.getAttribute('href'))
    expect(csv.includes('nobody'), `the refused rows are ${csv}`)
  })
  await step('import taken back', async () => {
    await button(words.undo).click()
    await page.locator('dialog').getByRole('button', { name: words.undo, exact: true }).click()
    await shown(words.undone)
  })

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
      await page.locator('form .fault').first().waitFor()
    })
    await step('plugin set up', async () => {
      const form = page.locator('form', { has: page.locator('input[type=password]') })
      await form.locator('input').nth(0).fill(`Hook ${mail}`)
      await form.locator('input').nth(1).fill(`http://127.0.0.1:${target.address().port}/`)
      await form.locator('input[type=password]').fill('a secret of sixteen letters')
      await form.locator('input[type=checkbox]').check()
      await button(words.save).click()
      await page.getByRole('button', { name: `Hook ${mail}` }).waitFor()
    })
    await step('plugin tried', async () => {
      await page.getByRole('button', { name: `Hook ${mail}` }).click()
      await button(words.test).click()
      await page.locator('.try .good').waitFor({ timeout: 30_000 })
      expect(heard.length === 1, `the address heard ${heard.length} messages`)
      const secret = await page.locator('input[type=password]').inputValue()
      expect(secret === '', 'the secret came back')
    })
    await step('plugin off and on', async () => {
      await button(words.off).click()
      await page.locator('dialog').getByRole('button', { name: words.off, exact: true }).click()
      await shown(words.isOff)
      await button(words.on).click()
      await shown(words.running)
    })
  } finally {
    target.close()
  }
  await step('website', async () => {
    await page.goto('/website')
    await page.locator('pre').first().waitFor()
  })
}
