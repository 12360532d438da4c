import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { add: 'Add a customer', name: 'Name', email: 'E-mail', yes: 'Add', age: 'Age', save: 'Save', tag: 'New tag', set: 'Set', note: 'Note a consent', agreed: 'They agreed', how: 'How was it said?', granted: 'Agreed to', look: 'Look what would happen', start: 'Bring it in', done: 'Brought in', why: 'Why?', same: 'The same person as …', one: 'Make one person of them', out: 'Take out again', doubles: 'Possible doubles' },
  'zh-CN': { add: '添加客户', name: '姓名', email: '邮箱', yes: '添加', age: '年龄', save: '保存', tag: '新标签', set: '设置', note: '登记同意', agreed: '对方同意', how: '通过什么方式？', granted: '同意接收', look: '查看会怎样', start: '导入', done: '已导入', why: '为什么？', same: '与…是同一个人', one: '合并为一个人', out: '重新拆分', doubles: '可能的重复客户' },
}

/** Enters somebody by hand, corrects what is known of them, and brings a file in, as an owner would. */
export async function people({ browser, base, locale, width, person, check }) {
  const words = WORDS[locale]
  const guest = await visitor(browser, { base, locale, width })
  const { page } = guest
  const step = guest.steps({ check, prefix: 'people ' })
  const dialog = page.locator('dialog[open]')
  // A server that was walked before knows the people of that walk.
  const run = `${locale}${width}-${Date.now()}`.toLowerCase()
  const named = `Zoë ${run}`
  const mail = `zoe-${run}@example.com`

  await step('add', async () => {
    await page.goto('/customers')
    await page.getByRole('button', { name: words.add }).click()
    await dialog.getByLabel(words.name).fill(named)
    await dialog.getByLabel(words.email).fill(mail)
  })
  await step('added', async () => {
    await dialog.getByRole('button', { name: words.yes, exact: true }).click()
    await page.getByRole('heading', { level: 2, name: named }).waitFor()
  })
  await step('fact', async () => {
    await page.getByRole('button', { name: words.age, exact: true }).click()
    await dialog.getByLabel(words.age).fill('34')
    await dialog.getByRole('button', { name: words.save }).click()
    await page.locator('.traits dd b', { hasText: /^34$/ }).waitFor()
  })
  await step('tag', async () => {
    await page.getByLabel(words.tag).fill('VIP 老朋友')
    await page.getByRole('button', { name: words.set, exact: true }).click()
    await page.locator('.tags .chip', { hasText: 'VIP 老朋友' }).waitFor()
  })
  await step('consent', async () => {
    await page.getByRole('button', { name: words.note }).click()
    await dialog.getByLabel(words.agreed).check()
    await dialog.getByLabel(words.how).fill('phone')
    await guest.look('people consent dialog')
    await dialog.getByRole('button', { name: words.save }).click()
    await page.locator('.consent', { hasText: words.granted }).waitFor()
  })
  await step('found', async () => {
    await page.goto(`/customers?q=${encodeURIComponent(`zoe ${run}`)}`)
    await page.locator('a.row', { hasText: named }).first().waitFor()
  })
  await step('why in a segment', async () => {
    await page.goto(`/customers/${person.id}`)
    await page.getByText(words.why, { exact: true }).first().click()
    await page.locator('details [role=img]').first().waitFor()
  })
  await step('imports', async () => {
    await page.goto('/imports')
    await page.locator('input[type=file]').waitFor()
  })
  await step('import mapping', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `file-${run}-${i}@example.com,Guest ${i},${20 + i},Kiel`)
    const content = ['email,name,age,Favourite place', ...rows, 'no address,Nobody,3,Rome'].join('\n')
    await page.setInputFiles('input[type=file]', { name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    await page.getByRole('button', { name: words.look }).waitFor()
    expect((await page.locator('.means select').first().inputValue()) === 'email', 'the column of addresses was not guessed')
    await page.locator('.means select').last().selectOption('trait:city')
  })
  await step('import look', async () => {
    await page.getByRole('button', { name: words.look }).click()
    await page.locator('dd', { hasText: /^30$/ }).first().waitFor()
  })
  await step('import done', async () => {
    await page.getByRole('button', { name: words.start, exact: true }).click()
    await dialog.getByRole('button', { name: words.start, exact: true }).click()
    await page.getByRole('heading', { level: 2, name: words.done, exact: true }).waitFor()
  })
  const file = (i) => `file-${run}-${i}@example.com`
  await step('same person', async () => {
    await page.goto(`/customers?q=${encodeURIComponent(file(1))}`)
    await page.locator('a.row', { hasText: file(1) }).click()
    await page.getByRole('button', { name: words.same }).click()
    await dialog.getByRole('searchbox').fill(file(2))
    await dialog.locator('.one').click()
    await dialog.locator('tbody tr').first().waitFor()
    expect((await dialog.locator('tbody').innerText()).includes(`${file(1)}, ${file(2)}`), 'what comes together is not shown')
  })
  await step('one person', async () => {
    await dialog.getByRole('button', { name: words.one }).click()
    await page.locator('.identifiers li', { hasText: file(2) }).waitFor()
    await page.locator('.identifiers li', { hasText: file(1) }).waitFor()
  })
  await step('two people', async () => {
    await page.getByRole('button', { name: words.out }).click()
    await page.getByRole('button', { name: words.out }).waitFor({ state: 'detached' })
  })
  await step('doubles', async () => {
    await page.goto('/doubles')
    await page.getByRole('heading', { level: 1, name: words.doubles }).waitFor()
    await page.locator('.pairs li, .empty').first().waitFor()
  })
  await guest.close()
}
