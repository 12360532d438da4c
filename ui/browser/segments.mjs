import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { start: 'New segment', recipe: 'Potential customers', name: 'Regulars of the test', other: 'Name in English', add: 'Add a condition', group: 'Add a group', make: 'Make segment', change: 'Change', remove: 'Remove', leave: 'Leave without saving?', stay: 'Cancel', exact: /^[\d,]+ (person|people)$/, in: 'would be in', out: 'is not in', why: 'Is somebody in?', versions: 'Versions' },
  'zh-CN': { start: '新建分群', recipe: '潜在客户', name: '测试老顾客', other: '中文名称', add: '添加条件', group: '添加条件组', make: '创建分群', change: '修改', remove: '删除', leave: '不保存就离开？', stay: '取消', exact: /^[\d,]+ 人$/, in: '会在其中', out: '不在其中', why: '某人在其中吗？', versions: '历史版本' },
}

/** Makes a segment out of a recipe, asks about a person, changes it and takes it away, as an owner would. */
export async function segments({ browser, base, locale, width, person, check, dark = false }) {
  const words = WORDS[locale]
  const guest = await visitor(browser, { base, locale, width, dark })
  const { page } = guest
  const step = guest.steps({ check, prefix: 'segments ' })
  const button = (name) => page.getByRole('button', { name, exact: true })

  await step('list', async () => {
    await page.goto('/segments')
    await page.locator('li .name').first().waitFor()
  })
  await step('start', async () => {
    await page.getByRole('link', { name: words.start }).click()
    await page.getByRole('link', { name: words.recipe }).waitFor()
  })
  await step('builder', async () => {
    await page.getByRole('link', { name: words.recipe }).click()
    await page.locator('.panel .count').waitFor()
    expect(words.exact.test(await page.locator('.panel .count').innerText()), 'the count does not say that it is exact')
  })
  await step('nested', async () => {
    const before = await page.locator('.panel .count').innerText()
    await button(words.group).click()
    await page.locator('fieldset.inner input').first().fill('3')
    await button(words.add).last().click()
    await page.locator('.line select').last().waitFor()
    await page.waitForFunction((old) => {
      const count = document.querySelector('.panel .count')
      return count && count.textContent !== old && !document.querySelector('.panel .behind')
    }, before)
  })
  await step('asked about a person', async () => {
    const mail = person.identifiers.email?.[0] ?? person.name
    await page.locator('.panel input').fill(mail)
    await page.locator('.panel li button').first().click()
    const answer = page.locator('.panel .answer')
    await answer.waitFor()
    const said = await answer.innerText()
    expect(said.includes(words.in) || said.includes(words.out), `no answer but "${said}"`)
  })
  await step('counted line by line', async () => {
    const said = await page.locator('.panel .count').innerText()
    const last = await page.locator('.panel .lines li .in').last().innerText()
    expect(said.startsWith(last), `the last line leaves ${last} and the count says ${said}`)
  })
  await step('kept unsaved', async () => {
    await page.locator('.brand').click()
    await page.getByRole('heading', { name: words.leave }).waitFor()
    await page.locator('dialog').getByRole('button', { name: words.stay }).click()
    await page.locator('fieldset.inner').waitFor()
  })
  await step('made', async () => {
    await page.getByLabel(words.other).fill(words.name)
    await button(words.make).click()
    await page.getByRole('heading', { level: 1, name: words.name }).waitFor()
    await page.getByRole('tab').nth(2).click()
    await page.locator('ol li h3').first().waitFor()
  })
  await step('explained', async () => {
    await page.getByRole('tab', { name: words.why }).click()
    const box = page.locator('.answer input')
    await box.fill(person.identifiers.email?.[0] ?? person.name)
    await page.locator('.answer li button').first().click()
    await page.locator('.answer [role=img]').first().waitFor()
  })
  await step('in numbers', async () => {
    await page.getByRole('tab').nth(3).click()
    await page.locator('.numbers canvas').first().waitFor()
    await page.locator('.numbers .lines li').first().waitFor()
  })
  await step('changed', async () => {
    await page.getByRole('link', { name: words.change, exact: true }).click()
    await page.locator('fieldset.inner button.away').first().click()
    await page.locator('button[type=submit]').click()
    await page.getByRole('tab', { name: words.versions }).click()
    await page.locator('ol li:nth-child(2) h3').waitFor()
  })
  await step('removed', async () => {
    await button(words.remove).click()
    await page.locator('dialog').getByRole('button', { name: words.remove }).click()
    await page.locator('li .name').first().waitFor()
    expect((await page.getByText(words.name).count()) === 0, 'the segment is still in the list')
  })
  await guest.close()
}

/** Pages at another width, the dark one, and states that a full server does not show. */
export async function segmentStates({ browser, base, locale, width, check, dark = false }) {
  const guest = await visitor(browser, { base, locale, width, dark })
  const { page } = guest
  const state = guest.steps({ check, prefix: 'segments ', loud: true })
  await state('recipe', async () => {
    await page.goto('/segments/new?from=silent')
    await page.locator('.panel .count').waitFor()
  })
  await state('members', async () => {
    await page.goto('/segments/recent-buyers')
    await page.locator('a.row').first().waitFor()
  })
  await state('estimate', async () => {
    const count = { value: 1237, low: 1181, high: 1293, exact: false, seen: 4000, people: 20000 }
    await page.route('**/api/v1/segments/preview', async (route) => {
      // The exact number takes its time, so that the estimate is what is seen.
      if (route.request().postDataJSON().exact) return
      await route.fulfill({ json: { count, sample: [], lines: null, overlaps: null, person: null } })
    })
    await page.goto('/segments/new?from=loyal')
    await page.getByText('±56').waitFor()
  })
  await page.unroute('**/api/v1/segments/preview')
  const answer = async (path, name, json, shown) =>
    state(name, async () => {
      await page.route(path, (route) => (json ? route.fulfill({ json }) : route.abort()))
      await page.goto('/segments')
      await page.locator(shown).first().waitFor()
      await page.unroute(path)
    })
  await answer('**/api/v1/segments', 'empty', { items: [] }, '.empty h2')
  const many = Array.from({ length: 120 }, (_, i) => ({
    id: `s-${i}`, version: 1, at: null, uses: [], members: i * 937,
    name: { en: `A segment with rather a long name, number ${i}`, 'zh-CN': `名称相当长的第 ${i} 个分群` },
    condition: { all: [{ did: 'order', atLeast: 2, within: 'P90D' }, { not: { did: 'email.opened', atLeast: 1, within: 'P60D' } }] },
  }))
  await answer('**/api/v1/segments', 'many', { items: many }, 'li .name')
  await answer('**/api/v1/segments', 'unreachable', null, '.error h2')
  await guest.close()
}
