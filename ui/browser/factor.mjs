import { createHmac } from 'node:crypto'
import { enter } from './signin.mjs'
import { expect } from './tally.mjs'
import { visitor } from './visitor.mjs'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MILLIS = 30_000

/** What an authenticator app shows at a moment (RFC 6238), of the key as the page writes it. */
function app(key, at) {
  const bits = [...key.replace(/\s/g, '')].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MILLIS)))
  const hash = createHmac('sha1', bytes).update(counter).digest()
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The owner turns a second factor on, signs in with it, and turns it off again. */
export async function secondFactor({ browser, base, check, owner }) {
  const guest = await visitor(browser, { base, locale: 'en', width: 390 })
  const { page } = guest
  const step = guest.steps({ check, prefix: 'factor ', loud: true })
  const button = (name) => page.getByRole('button', { name, exact: true })
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Second factor' }) })
  let key
  let recovery

  await step('begun', async () => {
    await page.goto('/account')
    await card.locator('input[type=password]').fill(owner.passphrase)
    await button('Set up').click()
    await card.locator('svg[role=img]').waitFor()
    key = await card.locator('.key').innerText()
    expect(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/.test(key), `the key is written ${key}`)
    expect((await card.locator('a').getAttribute('href')).startsWith('otpauth://totp/'), 'no link for an app')
  })
  await step('on', async () => {
    await card.locator('input[name=code]').fill(app(key, Date.now()))
    await button('Turn on').click()
    recovery = (await card.locator('pre').innerText()).split('\n')
    expect(recovery.length === 10, `there are ${recovery.length} recovery codes`)
    await button('I have kept them').click()
    await card.getByText('10 recovery codes are left').waitFor()
  })
  const other = await visitor(browser, { base, locale: 'zh-CN', width: 1440, dark: true, state: undefined })
  const entering = other.steps({ check, prefix: 'factor ', loud: true })
  await entering('asked', async () => {
    await other.page.goto('/signin')
    await enter(other.page, owner)
    await other.page.locator('input[name=code]').waitFor()
  })
  await entering('let in', async () => {
    await other.page.locator('input[name=code]').fill('000000')
    await other.page.locator('main form button[type=submit]').click()
    await other.page.locator('main form .fault').waitFor()
    // The code of now is used up; the clock may be a step off.
    await other.page.locator('input[name=code]').fill(app(key, Date.now() + STEP_MILLIS))
    await other.page.locator('main form button[type=submit]').click()
    await other.page.locator('nav a').first().waitFor()
  })
  await other.close()
  await step('off', async () => {
    await card.locator('input[type=password]').fill(owner.passphrase)
    await card.locator('input[autocomplete=one-time-code]').fill(recovery[0])
    await button('Turn off').click()
    await button('Set up').waitFor()
  })
  await guest.close()
}
