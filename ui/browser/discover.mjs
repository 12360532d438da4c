import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const WORDS = {
  en: { value: 'Who is worth most', nothing: 'What is bought together', learn: /^Learn( anew)?$/, figure: 'As a table', correlation: 'Correlation', pie: 'Pie', line: 'Line', settings: 'Choose its columns and settings', again: 'Set up one more', save: 'Save', name: 'Name', formula: 'Formula', make: 'Make the field', twice: 'Orders twice' },
  'zh-CN': { value: '谁最有价值', nothing: '什么会一起买', learn: /^(重新)?学习$/, figure: '以表格显示', correlation: '相关系数', pie: '饼图', line: '折线', settings: '选择数据列和设置', again: '新增一份配置', save: '保存', name: '名称', formula: '公式', make: '创建字段', twice: '订单数两倍' },
}

const say = (en, zh) => ({ en, 'zh-CN': zh })
const bar = (en, zh, value, low, high) => ({ name: say(en, zh), value, low, high })

/** A card with everything that a plugin can show, and words that are no page. */
const CARD = {
  people: 212,
  measures: [
    { name: say('Found right', '判断正确'), value: 0.81, low: 0.74, high: 0.87, baseline: 0.5, better: 'more' },
    { name: say('Mean error', '平均误差'), value: 2.1, low: 1.6, high: 2.9, baseline: 2.4, better: 'less' },
    { name: say('Silhouette', '轮廓系数'), value: 0.41, low: null, high: null, baseline: null, better: 'neither' },
  ],
  limits: [say('<img src=x onerror="alert(1)"> 13 people lack an age.', '<img src=x onerror="alert(1)"> 13 人缺少年龄。')],
  method: [say('Good at round groups; sensitive to the start, so it starts ten times.', '适合球形群体；对起点敏感，因此从十个起点开始。')],
  figures: [
    {
      kind: 'plot', title: say('People and the middles of their groups', '客户与各组中心'), x: say('orders', '订单数'), y: say('spent, EUR', '消费额，EUR'), mark: 'point',
      series: [
        ...[1, 2, 3].map((group) => ({
          name: say(`Group ${group}`, `第 ${group} 组`),
          x: Array.from({ length: 60 }, (_, i) => group * 4 + Math.sin(i * group) * 1.6),
          y: Array.from({ length: 60 }, (_, i) => group * 90 + Math.cos(i * 2.3) * 40),
        })),
        { name: say('middles of the groups', '各组中心'), x: [4, 8, 12], y: [90, 180, 270] },
      ],
    },
    {
      kind: 'plot', title: say('Found and falsely found', 'ROC 曲线'), x: say('falsely found', '误报率'), y: say('found', '召回率'), mark: 'line',
      series: [
        { name: say('this model', '本模型'), x: [0, 0.1, 0.3, 0.6, 1], y: [0, 0.52, 0.8, 0.95, 1] },
        { name: say('guessing', '猜测'), x: [0, 1], y: [0, 1] },
      ],
    },
    {
      kind: 'bars', title: say('What counts most', '最重要的特征'), value: say('part of the answer', '占比'),
      bars: [bar('days since the last order', '距上次下单天数', 0.42, 0.35, 0.5), bar('number of orders', '订单数', 0.3, 0.22, 0.39), bar('<b>age</b>', '<b>年龄</b>', 0.05, 0.01, 0.1)],
    },
    {
      kind: 'grid', title: say('Foretold and come', '混淆矩阵'), rows: [say('stayed', '留下'), say('left', '流失')], columns: [say('foretold: stays', '预测留下'), say('foretold: leaves', '预测流失')],
      values: [[120, 14], [9, 69]],
    },
    {
      kind: 'grid', title: say('Rules', '规则'), rows: [say('tea → cup', '茶 → 杯'), say('pot → tea', '壶 → 茶')], columns: [say('share', '支持度'), say('likelier', '提升度')],
      values: [[0.05, 3.1], [0.021, null]],
    },
    {
      kind: 'joins', title: say('What was joined to what', '合并树形图'), height: say('distance', '距离'), leaves: [31, 20, 14, 9, 40].map((n) => say(`${n} people`, `${n} 人`)),
      joins: [{ left: 0, right: 2, height: 1 }, { left: 1, right: 3, height: 1.6 }, { left: 5, right: 4, height: 2.4 }, { left: 6, right: 7, height: 5 }],
    },
    {
      kind: 'graph', title: say('What leads to what', '商品关联'), width: say('lift', '提升度'), strength: say('confidence %', '置信度 %'),
      nodes: ['tea', 'pot', 'cup', 'hat', '<i>sofa</i>'].map((name) => say(name, name)),
      arrows: [{ from: [0], to: 1, width: 3.1, strength: 80 }, { from: [0, 1], to: 2, width: 2, strength: 61 }, { from: [4], to: 3, width: 1.1, strength: 22 }],
    },
  ],
}

const spread = (value, people = 61) => ({ value, low: value - 0.1, high: value + 0.1, people })
const shift = (en, zh, index, mark) => ({ name: say(en, zh), index, chance: 0.08, mark })
const group = (name, people, chosen, ratio, state) => ({ group: name, people, chosen, share: spread(chosen / people, people), ratio, hits: 9, judged: chosen, hitRate: chosen < 30 ? null : spread(0.6, chosen), state })

/** What is found out about a model while it counts, and while the next one waits for a word. */
const FOUND = {
  role: 'waiting',
  verdict: { decision: 'asks', reason: 'always', against: 'other', gain: { value: -0.02, low: -0.07, high: 0.03, people: 61 } },
  loss: spread(0.41),
  drift: {
    at: '2026-11-20T03:00:00Z', people: 212, mark: 'much', worse: true, loss: spread(0.63),
    inputs: [shift('days since the last order', '距上次下单天数', 0.41, 'much'), shift('orders', 'orders', 0.02, 'none')], scores: [shift('p_churn', 'p_churn', 0.13, 'some')],
  },
  fairness: {
    people: 180, state: 'low', seen: false,
    fields: [
      { field: 'gender', left: 0, groups: [group('female', 90, 50, 1, 'fair'), group('male', 80, 31, 0.7, 'low')] },
      { field: 'age', left: 2, groups: [group('25-34', 12, 3, null, 'few'), group('65-', 140, 70, 1, 'fair')] },
    ],
  },
  cells: { people: 61, namedCame: 20, namedNot: 8, otherCame: 5, otherNot: 28 },
}

/** From a question to what a profiler has learnt of the demo company; then any fact described. */
export async function discover({ browser, base, locale, width, owner, check, dark = false }) {
  const words = WORDS[locale]
  const guest = await visitor(browser, { base, locale, width, dark })
  const { page } = guest
  const step = guest.steps({ check, prefix: 'discover ' })
  const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const drawn = () => page.locator('[data-drawn]').first().waitFor()

  // The demo company alone has a customer fewer than it takes to score them.
  await page.goto('/discover')
  await page.evaluate(async (who) => {
    const { csrf } = await (await fetch('/api/v1/session')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }
    for (let i = 0; i < 8; i++) {
      const order = { orderId: `${who}-${i}`, total: 20 + 7 * i, currency: 'EUR' }
      const body = { type: 'order', identifiers: { email: `${who}-${i}@tea.example` }, properties: order }
      await fetch('/api/v1/events', { method: 'POST', headers, body: JSON.stringify(body) })
    }
  }, `shopper-${locale}`.toLowerCase())
  await step('goals', async () => {
    await page.goto('/discover')
    await page.locator('li.goal').nth(5).waitFor()
  })
  await step('suitable', async () => {
    await page.getByRole('link', { name: words.value, exact: true }).click()
    await page.locator('section.block .reasons li').nth(1).waitFor()
  })
  await step('set up', async () => {
    await button(words.settings).or(button(words.again)).first().click()
    await page.locator('form .form input').first().fill('EUR')
    await button(words.save).click()
    const path = page.locator('ol.path li')
    await guest.until(page.locator('meter'), owner)
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
  await step('map', async () => {
    // As many as the number says, of the demo company of this walk.
    const some = page.locator('figure td button').filter({ hasText: /^[1-9]/ }).first()
    const said = Number(await some.textContent())
    await some.click()
    await page.locator('figure section h4').waitFor()
    const opened = await page.locator('figure section li').count()
    expect(opened === Math.min(said, 20), `a number of the map says ${said} and opens ${opened}`)
  })
  await step('figures', async () => {
    // What a plugin may show at most; which of it is there hangs on the plugin.
    await page.route('**/api/v1/models/*', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ json: { ...(await answer.json()), card: CARD, ...FOUND } })
    })
    await page.reload()
    await page.locator('[data-drawn]').nth(3).waitFor()
    await page.locator('svg path').nth(3).waitFor()
    expect((await page.locator('main img').count()) === 0, 'words of a plugin became a picture')
    await page.getByText(words.figure, { exact: true }).nth(2).click()
    await page.locator('figure details td', { hasText: /^<b>/ }).waitFor()
    await page.locator('tr.low .mark').waitFor()
    await page.locator('td.right button').first().click()
    await page.locator('button[aria-expanded=true]').waitFor()
  })
  await step('fact', async () => {
    await page.unroute('**/api/v1/models/*')
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
  await step('own field', async () => {
    const name = `${words.twice} ${locale} ${width}`
    await page.goto('/discover/fields')
    await page.getByLabel(words.name, { exact: true }).fill(name)
    await page.getByLabel(words.formula, { exact: true }).fill('2 * ')
    await page.locator('[data-of=formula-field]').selectOption('orders')
    await page.locator('[data-of=formula-known]').waitFor()
    await button(words.make).click()
    await page.getByRole('link', { name, exact: true }).click()
    await page.locator('[data-trait^="own:"] h2', { hasText: name }).waitFor()
  })
  await guest.close()
}
