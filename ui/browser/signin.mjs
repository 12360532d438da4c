import { expect } from './tally.mjs'
import { held, visitor } from './visitor.mjs'

const WORDS = {
  en: { next: 'Next', finish: 'Make the account', enter: 'Sign in', out: 'Sign out', invite: 'Make the invitation', choose: 'Use this passphrase', make: 'Make the token', check: 'Check the log' },
  'zh-CN': { next: '下一步', finish: '创建账户', enter: '登录', out: '退出登录', invite: '生成邀请链接', choose: '使用此口令', make: '创建令牌', check: '校验日志' },
}
/** Both languages, both widths, light and dark, each once. */
const LOOKS = [
  { locale: 'zh-CN', width: 1440, dark: true },
  { locale: 'en', width: 390, dark: false },
]
const ANALYST = { email: 'analyst@tea.example', passphrase: 'quiet lamp seven rivers' }

/** Looks at the form of the first start in every language and width, then makes the owner's account. */
export async function firstStart({ browser, base, setup, check }) {
  const owner = {}
  for (const { locale, width, dark } of LOOKS) {
    await check(`${locale} ${width} first start`, async () => {
      const guest = await visitor(browser, { base, locale, width, state: undefined, dark })
      const { page } = guest
      const seen = (name) => guest.look(`setup ${name}`)
      await page.goto('/')
      await page.waitForURL((url) => url.pathname === '/setup')
      await seen('no-link')
      await page.goto(setup)
      await page.reload()
      await page.locator('input[type=email]').waitFor()
      owner.email = await page.locator('input[type=email]').inputValue()
      owner.passphrase = await page.locator('input[name=new-passphrase]').inputValue()
      await seen('account')
      await page.getByRole('button', { name: WORDS[locale].next }).click()
      await seen('company')
      await page.getByRole('button', { name: WORDS[locale].next }).click()
      await seen('place')
      guest.silent()
      if (locale === LOOKS.at(-1).locale) {
        await page.getByRole('button', { name: WORDS[locale].finish }).click()
        await page.waitForURL((url) => url.pathname === '/')
        await page.locator('nav a').first().waitFor({ state: 'attached' })
        held.state = await signedIn(page)
      }
      await guest.close()
    })
  }
  return owner
}

export async function enter(page, person) {
  await page.locator('input[name=email]').fill(person.email)
  await page.locator('input[name=passphrase]').fill(person.passphrase)
  await page.locator('main form button[type=submit]').click()
}

/** Who is signed in, without the language that they chose: each window has its own. */
async function signedIn(page) {
  const { cookies } = await page.context().storageState()
  return { cookies, origins: [] }
}

/** For a server whose first start is over. */
export async function signIn({ browser, base, email, passphrase }) {
  const guest = await visitor(browser, { base, locale: 'en', width: 1440, state: undefined })
  await guest.page.goto('/signin')
  await enter(guest.page, { email, passphrase })
  await guest.page.locator('nav a').first().waitFor()
  held.state = await signedIn(guest.page)
  await guest.close()
  return { email, passphrase }
}

/** The pages about who may do what, each in every language and width. */
export async function accountPages({ browser, base, check }) {
  for (const { locale, width, dark } of LOOKS) {
    const owner = await visitor(browser, { base, locale, width, dark })
    const step = owner.steps({ check })
    for (const [name, path, shown] of [
      ['account', '/account', 'form'], ['users', '/account/users', '.list li'],
      ['tokens', '/account/tokens', 'fieldset'], ['audit', '/account/audit', 'ol li'],
    ]) {
      await step(name, async () => {
        await owner.page.goto(path)
        await owner.page.locator(shown).first().waitFor()
        if (name === 'audit') {
          await owner.page.getByRole('button', { name: WORDS[locale].check }).click()
          await owner.page.locator('.found').waitFor()
        }
      })
    }
    await owner.close()
    const guest = await visitor(browser, { base, locale, width, state: undefined })
    await check(`${locale} ${width} sign in`, async () => {
      for (const [name, path] of [['signin', '/mails'], ['welcome', '/welcome#x']]) {
        await guest.page.goto(path)
        await guest.page.locator('main form').waitFor()
        await guest.look(name)
      }
      guest.silent()
    })
    await guest.close()
  }
}

/** Signs out, in again where one wanted to go, invites an analyst, and looks what an analyst is offered. */
export async function rolesOnPages({ browser, base, check, owner, person }) {
  const words = WORDS.en
  const first = await visitor(browser, { base, locale: 'en', width: 1440, state: undefined })
  const { page } = first
  await check('sign in leads to where one wanted to go', async () => {
    await page.goto('/mails')
    await page.waitForURL((url) => url.pathname === '/signin' && url.searchParams.get('to') === '/mails')
    expect((await page.locator('nav').count()) === 0, 'the menu is shown to who is not signed in')
    await enter(page, { email: owner.email, passphrase: 'not the passphrase' })
    await page.locator('.fault').first().waitFor()
    await first.look('signin wrong')
    first.forget()
    await enter(page, owner)
    await page.waitForURL((url) => url.pathname === '/mails')
    await page.locator('.list li a').first().waitFor()
    first.silent()
  })
  let link
  await check('an invitation is shown once', async () => {
    await page.goto('/account/users')
    await page.locator('input[type=email]').fill(ANALYST.email)
    await page.locator('input[value=analyst]').check()
    await page.getByRole('button', { name: words.invite }).click()
    link = await page.locator('.made pre').innerText()
    await first.look('users invited')
    first.silent()
  })
  await check('a token is shown once', async () => {
    await page.goto('/account/tokens')
    await page.locator('input[maxlength="100"]').fill('Web shop')
    await page.getByRole('button', { name: words.make }).click()
    const token = await page.locator('.made pre').innerText()
    expect(/^mk_\w{12}_\w{43}$/.test(token), 'this is no token')
    await first.look('tokens made')
    await page.reload()
    await page.locator('.list li').first().waitFor()
    expect(!(await page.content()).includes(token), 'the token is shown again')
    first.silent()
  })
  await check('an analyst is offered nothing that an analyst may not do', async () => {
    const guest = await visitor(browser, { base, locale: 'en', width: 1440, state: undefined })
    await guest.page.goto(link)
    await guest.page.locator('input[name=new-passphrase]').fill(ANALYST.passphrase)
    await guest.page.getByRole('button', { name: words.choose }).click()
    await guest.page.getByRole('link', { name: words.enter }).click()
    await enter(guest.page, ANALYST)
    await guest.page.locator('nav a').first().waitFor()
    await guest.page.goto('/account')
    await guest.page.getByRole('button', { name: words.out }).waitFor()
    expect((await guest.page.locator('.pages').count()) === 0, 'an analyst is led to users, tokens or the log')
    for (const path of ['/account/users', '/account/tokens', '/account/audit', '/signin']) {
      await guest.page.goto(path)
      await guest.page.waitForURL((url) => url.pathname === '/')
    }
    await guest.page.goto('/website')
    await guest.page.locator('h1').waitFor()
    await guest.page.locator('pre').first().waitFor()
    expect((await guest.page.locator('main form').count()) === 0, 'an analyst is offered to add a website')
    await guest.look('analyst website')
    guest.silent()
    // What is left to press filters, searches, copies, switches a view or shows more.
    const harmless = 'header *, footer *, [role=tab], [role=search] *, .more *, .block button, .mails button, .el-input__icon'
    for (const [path, shown] of [
      ['/customers', 'a.row'], [`/customers/${person.id}`, '.traits'], ['/imports', '.empty, ul li'], ['/segments', 'li .name'],
      ['/segments/recent-buyers', 'a.row'], ['/campaigns', 'a.row'], ['/settings', '.backups pre'],
    ]) {
      await guest.page.goto(path)
      await guest.page.locator(shown).first().waitFor()
      const offered = await guest.page.evaluate(
        (ours) => [...document.querySelectorAll('main button:enabled, main a.button, main a.el-button, main input:enabled[type=file], main form textarea:enabled')].filter((one) => !one.matches(ours)).map((one) => one.textContent.trim() || one.outerHTML),
        harmless,
      )
      expect(offered.length === 0, `an analyst is offered at ${path}: ${offered.join(', ')}`)
      await guest.look(`analyst${path.slice(0, 24)}`)
      guest.silent()
    }
    for (const path of ['/segments/start', '/segments/new', '/campaigns/new']) {
      await guest.page.goto(path)
      await guest.page.waitForURL((url) => url.pathname === '/')
    }
    await guest.close()
  })
  await check('a session that ended elsewhere leads to the sign-in', async () => {
    const other = await visitor(browser, { base, locale: 'en', width: 1440, state: undefined })
    await other.page.goto('/signin')
    await enter(other.page, owner)
    await other.page.locator('nav a').first().waitFor()
    await page.goto('/account')
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByText('Elsewhere').first().waitFor({ state: 'detached' })
    // Home asks by itself now and then, and may get there first.
    const signIn = (url) => url.pathname === '/signin' && ['/mails', '/'].includes(url.searchParams.get('to'))
    await Promise.race([other.page.locator('nav a[href="/mails"]').click(), other.page.waitForURL(signIn)])
    await other.page.waitForURL(signIn)
    await other.close()
    await page.getByRole('button', { name: words.out }).click()
    await page.waitForURL((url) => url.pathname === '/signin')
  })
  await first.close()
}
