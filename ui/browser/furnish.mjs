/** Everything that pages can show, told over the API: a shop of two years with models, campaigns, imports, doubles and what went wrong. */

const DAY = 24 * 60 * 60 * 1000
const FIRST = ['Ada', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Grace', 'Hugo', 'Iris', 'Jonas', '芳', '娜', '伟', '洋', '静', '帆', '磊', '丽', '杰', '敏']
const LAST = ['Anders', 'Brandt', 'Castellano-Montgomery', 'Dietz', 'Ek', '王', '李', '张', '刘', '欧阳']
const CITIES = ['Hamburg', 'Köln', 'Wien', '上海', '杭州', '成都']
const TEAS = [['longjing', 'Longjing 龙井', 'Tea', 18.5], ['darjeeling', 'Darjeeling First Flush', 'Tea', 14.9], ['puer', "Pu'er 普洱", 'Tea', 32], ['pot', 'Teapot 紫砂壶', 'Teaware', 79], ['cup', 'Cup', 'Teaware', 12]]

/** A draw that is the same in each run. */
function drawing(seed) {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export async function furnish({ ask, upload, owner }) {
  const draw = drawing(7)
  const now = Date.now()
  const at = (days) => new Date(now - days * DAY).toISOString()
  const mail = (i) => `person${i}@example.com`
  const tell = (i, type, properties, days, more = {}) =>
    ask('/events', { id: `pictures-${i}-${type}-${days.toFixed(2)}`, type, time: at(days), identifiers: { email: mail(i), ...more }, properties })
  // What was there already, or cannot be, is said and gone on without.
  const said = (failure) => console.log(failure.message)
  const done = async (begun) => {
    let job = begun
    while (job.state === 'running') {
      await new Promise((soon) => setTimeout(soon, 300))
      job = await ask(`/jobs/${job.id}`)
    }
    if (job.state !== 'done') console.log(`${job.kind} ${job.state}: ${job.reason}`)
    return job
  }

  await ask('/confirm', { passphrase: owner.passphrase })
  const people = Array.from({ length: 90 }, (_, i) => i)
  const told = async (i) => {
    const chinese = i % 3 === 0
    const first = FIRST[chinese ? 10 + draw(10) : draw(10)]
    const last = LAST[chinese ? 5 + draw(5) : draw(5)]
    await tell(i, 'traits', { first_name: first, last_name: last, name: chinese ? last + first : `${first} ${last}`, language: chinese ? 'zh-CN' : 'en', city: CITIES[chinese ? 3 + draw(3) : draw(3)], age: 19 + draw(50), gender: ['female', 'male', 'other'][draw(3)] }, 700)
    if (draw(10) < 8) await tell(i, 'consent', { purpose: 'marketing', granted: true, source: 'checkout' }, 690)
    const often = 1 + draw(i % 7 === 0 ? 14 : 5)
    for (let n = 0; n < often; n++) {
      const first = draw(TEAS.length)
      // Who buys a pot mostly buys a cup, too, so that there is something to find.
      const lines = [...new Set([first, first === 3 && draw(5) ? 4 : draw(TEAS.length)])].map((t) => ({ product: TEAS[t][0], name: TEAS[t][1], category: TEAS[t][2], quantity: 1 + draw(3), price: String(TEAS[t][3]) }))
      const total = lines.reduce((sum, line) => sum + line.quantity * Number(line.price), 0).toFixed(2)
      await tell(i, 'order', { orderId: `P-${i}-${n}`, total, currency: 'EUR', lines }, draw(i % 4 ? 600 : 200) + 1 + n / 100)
    }
    if (i % 5 === 0) await tell(i, 'product_view', { product: 'longjing', name: 'Longjing 龙井', category: 'Tea', url: 'https://www.tea.example/longjing?from=mail' }, 2 + i / 100)
    if (i % 4 === 0) await tell(i, 'page_view', { url: `https://www.tea.example/${i % 8 ? 'tea/green' : 'pots'}`, title: 'Tea & Co' }, 3 + i / 100)
    if (i % 6 === 0) await tell(i, 'search', { query: i % 12 ? 'oolong' : '绿茶' }, 1 + i / 100)
  }
  for (let i = 0; i < people.length; i += 6) await Promise.all(people.slice(i, i + 6).map(told))
  // Two shops know Clara; nothing that both told names her for certain.
  await ask('/events', { type: 'traits', identifiers: { email: 'clara.dietz@example.com', phone: '+49 40 555123' }, properties: { name: 'Clara Dietz', city: 'Hamburg' } })
  await ask('/events', { type: 'traits', identifiers: { email: 'clara.dietz@work.example', phone: '+49 40 555123' }, properties: { name: 'Clara Dietz', city: 'Hamburg' } })
  await ask('/profiles', { identifiers: { email: 'by.hand@example.com' }, traits: { name: 'Otto von Hand', city: 'Bremen', note: 'Met at the fair; wants to be called before noon, never by mail' } }).catch(said)
  await tell(1, 'order.returned', { orderId: 'P-1-0', total: '-18.50', currency: 'EUR' }, 0.5)
  // A person who is full takes no further row: it is set aside.
  await tell(200, 'traits', { name: 'Somebody Full', note: 'x'.repeat(63_900) }, 0.4)
  await tell(200, 'order', { orderId: 'P-200', total: '10', currency: 'EUR' }, 0.3)

  const file = async (name, rows, order) => {
    const { id } = await upload(name, rows.join('\n'))
    if (!order) return id
    await done(await ask(`/imports/${id}/start`, order))
    return id
  }
  const quoted = (i) => `guest${i}@example.com,Guest ${i},${18 + (i % 60)},${CITIES[i % 6]}`
  const imported = await file('customers-2025.csv', ['email,name,age,city', ...Array.from({ length: 260 }, (_, i) => quoted(i)), 'not an address,Nobody,33,Kiel', 'guest3@,Half,1,Rome', ',No address at all,44,Wien'], {
    mapping: { kind: 'customers', targets: ['email', 'trait:name', 'trait:age', 'trait:city'] },
    consent: { purpose: 'marketing', source: 'Newsletter form of the old shop', at: at(30) },
  })
  const orders = (from, count) => Array.from({ length: count }, (_, i) => `guest${from + i}@example.com,G-${from + i},${at(0)},${(10 + (i % 40)).toFixed(2)},EUR`)
  const mapped = { mapping: { kind: 'orders', targets: ['email', 'order.id', 'order.time', 'order.total', 'order.currency'] } }
  await file('orders-of-today.csv', ['email,number,when,total,currency', ...orders(0, 220)], { ...mapped, startsCampaigns: true })
  const waiting = await file('客户名单 (still to be looked at).csv', ['E-mail;Name;Geburtstag;Wohnort;Umsatz', ...Array.from({ length: 40 }, (_, i) => `neu${i}@example.com;Neu ${i};${1 + (i % 28)}.0${1 + (i % 9)}.19${60 + (i % 39)};Köln;${i},50`), 'kaputt;Niemand;31.02.1990;;abc'], null)
  await ask(`/imports/${waiting}/survey`, {}).catch(said)

  const named = (en, zh) => ({ en, 'zh-CN': zh })
  const segment = await ask('/segments', { name: named('Tea lovers with a long name, over thirty and from Hamburg', '三十岁以上的茶友'), condition: { all: [{ trait: 'age', comparison: 'atLeast', value: '30', type: 'number' }, { did: 'order', where: { property: 'category', match: 'is', value: 'Tea' }, atLeast: 2, within: 'P365D' }, { not: { did: 'email.opened', atLeast: 1, within: 'P30D' } }] } })
  const instances = [
    ['value', 'profiler-value', named('Who is worth most', '').en, { currency: 'EUR' }],
    ['groups', 'profiler-cluster', 'Groups', { numbers: 'orders, spent_EUR, age' }],
    ['basket', 'profiler-basket', 'Bought together', {}],
    ['leaving', 'profiler-predict', 'Who may leave', { goal: 'churn', days: 90, currency: 'EUR' }],
  ]
  for (const [id, plugin, name, settings] of instances) {
    await ask('/instances', { id, plugin, name, settings }).catch(said)
    await ask(`/instances/${id}/runs`, { seed: 7 }).then(done).catch(said)
  }
  await ask('/instances', { id: 'hook', plugin: 'channel-webhook', name: 'Shop hook', settings: { url: 'http://127.0.0.1:9/', secret: 'a secret of sixteen letters' } }).catch(said)

  const campaign = async (body, active) => {
    const made = await ask('/campaigns', body)
    const { result } = await ask(`/campaigns/${made.id}/rehearse`, {}).then(done)
    if (active) await ask(`/campaigns/${made.id}/activate`, { ...active, confirm: result.members.count }).catch(said)
    return made.id
  }
  const running = await campaign({ recipe: 'win-back', answers: {} }, { alsoThoseIn: true })
  const draft = await campaign({ recipe: 'welcome', answers: {} }, null)
  const broadcast = await campaign({ broadcast: { segment: segment.id }, name: named('News of the winter', '冬季新品') }, null)
  await ask('/tokens', { name: 'Web shop', days: 90, scopes: ['events:write'] }).catch(said)
  await ask('/users', { email: 'analyst@tea.example', role: 'analyst' }).catch(said)
  await ask('/backups', {}).then(done).catch(said)
  await ask('/company', { ...(await ask('/company')), agreement: named('I would like to get news and offers of the tea shop by e-mail.', '我同意接收茶店的邮件资讯与优惠。') }).catch(said)
  await ask('/sites', { origins: ['https://www.tea.example'] }).catch(said)
  return { imported, waiting, segment: segment.id, running, draft, broadcast }
}
