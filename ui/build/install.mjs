// Installs what package-lock.json names, unless exactly that is installed already: a second build saves half a minute.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(`The pages need Node.js 20.19, 22.12 or newer, but this is ${process.versions.node}: install it from nodejs.org, or build without the pages by -Dui.skip.`)
  process.exit(1)
}

const stamp = 'node_modules/.installed'
const lock = createHash('sha256').update(readFileSync('package-lock.json')).update(process.versions.node).digest('hex')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
  console.log('node_modules is as package-lock.json says')
  process.exit(0)
}
const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (npm.status === 0) writeFileSync(stamp, lock)
process.exit(npm.status ?? 1)
