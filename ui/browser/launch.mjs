import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { chromium as playwright } from 'playwright-core'
import { unpackWoff } from './woff.mjs'

const home = resolve('target/browser')
const require = createRequire(import.meta.url)

/** A headless browser out of the npm packages alone, with Latin and Chinese letters, held to the page's policy. */
export async function launch() {
  mkdirSync(join(home, 'letters'), { recursive: true })
  // The package unpacks itself into the directory for temporary files and takes what lies there, of whatever version.
  process.env.TMPDIR = home
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  const lax = /single-process|disable-web-security|allow-running-insecure|headless/
  // Drawn by the processor either way: without a graphics card played on top it takes half the time.
  const graphics = /gpu|gl=|angle=|swiftshader/
  return playwright.launch({
    executablePath,
    args: [...chromium.args.filter((arg) => !lax.test(arg) && !graphics.test(arg)), '--disable-gpu'],
    env: { ...process.env, FONTCONFIG_FILE: writeFonts(), FONTCONFIG_PATH: home },
    headless: true,
  })
}

/** Letters, and the numbered parts of the font that hold arrows and stars. */
const PARTS = ['chinese-simplified', '102', '103', '104', '105', '106', '109']

function writeFonts() {
  const files = join(dirname(require.resolve('@fontsource/noto-sans-sc/package.json')), 'files')
  for (const part of PARTS) {
    for (const weight of [400, 700]) {
      const woff = readFileSync(join(files, `noto-sans-sc-${part}-${weight}-normal.woff`))
      writeFileSync(join(home, 'letters', `${part}-${weight}.ttf`), unpackWoff(woff))
    }
  }
  const conf = join(home, 'fonts.conf')
  // The browser's own Latin letters and these alone, so that pictures look the same on every machine.
  writeFileSync(
    conf,
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' +
      `<dir>${home}/fonts</dir><dir>${home}/letters</dir><cachedir>${home}/fontcache</cachedir></fontconfig>`,
  )
  return conf
}
