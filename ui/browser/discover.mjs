import { join } from 'node:path'
import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { value: 'Who is worth most', nothing: 'What is bought together', learn: /^Learn( anew)?$/, figure: 'As a table', correlation: 'Correlation', pie: 'Pie', line: 'Line', settings: 'Choose its columns and settings', again: 'Set up one more', save: 'Save' },
  'zh-CN': { value: '谁最有价值', nothing: '什么会一起买', learn: /^(重新)?学习$/, figure: '以表格显示', correlation: '相关系数', pie: '饼图', line: '折线', settings: '选择数据列和设置', again: '新增一份配置', save: '保存' },
}

/** From a question to what a profiler has learnt of the demo company; then any fact described. */
export async function discover({ browser, base, locale, width, pictures, owner, check, dark = false }) {
  const words = WORDS[locale]
  const guest = await visitor(browser, { base, locale, width, dark })
  const { page } = guest
  const step = async (name, work) => {
    await check(`${locale} ${width} discover ${name}`, async () => {
      await work()
      await guest.worded()
      await guest.accessible()
      await guest.fits()
      await page.screenshot({ path: join(pictures, `discover-${name.replaceAll(' ', '-')}-${locale}-${width}.png`), fullPage: true })
      guest.silent()
    })
    guest.forget()
  }
  const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const drawn = () => page.locator('[data-drawn]').first().waitFor()

  await step('goals', async () => {
    await page.goto('/discover')
    await page.locator('li.goal').nth(6).waitFor()
  })
  await step('suitable', async () => {
    await page.getByRole('link', { name: words.value, exact: true }).click()
    await page.locator('section.block .reasons li').nth(1).waitFor()
  })
  await step('set up', async () => {
    await button(words.settings).or(button(words.again)).first().click()
    await page.locator('form .form').waitFor()
    await button(words.save).click()
    const asked = page.locator('dialog[open] input[type=password]')
    const path = page.locator('ol.path li')
    await path.first().or(asked).first().waitFor()
    if (await asked.isVisible()) {
      await asked.fill(owner.passphrase)
      await asked.press('Enter')
    }
    await page.locator('meter').first().waitFor()
    expect((await path.count()) === 8, 'the way has eight steps')
    expect((await path.nth(6).getAttribute('class')) === 'open', 'it is judged before it has learnt')
  })
  await step('model', async () => {
    await page.getByRole('button', { name: words.learn }).click()
    await page.waitForURL('**/models/*')
    await page.locator('ol.path li.done').nth(7).waitFor()
    await page.locator('a[href^="/segments/profiler-"]').first().waitFor()
    const wrote = await page.locator('a[href*="/discover/facts?trait="]').count()
    expect(wrote > 0, 'the model says of no fact that it wrote it')
  })
  await step('fact', async () => {
    await page.goto('/discover/facts?trait=orders')
    await page.locator('[data-trait=orders]').waitFor()
    await drawn()
    await page.getByText(words.figure, { exact: true }).first().click()
    await page.locator('details table td').first().waitFor()
    await page.locator('.scroll td.number').first().waitFor()
  })
  await step('pie', async () => {
    await page.getByRole('radio', { name: words.pie }).check()
    await drawn()
  })
  await guest.close()
}
