// Holds the first route under its budget, and puts a .gz beside each file so that the server need not compress.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET = 350 * 1024
const webroot = 'target/classes/webroot'
const manifest = JSON.parse(readFileSync(join(webroot, '.vite/manifest.json'), 'utf8'))
rmSync(join(webroot, '.vite'), { recursive: true })

const sizes = new Map()
for (const entry of readdirSync(webroot, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(path)) continue
  const packed = gzipSync(readFileSync(path), { level: 9 })
  sizes.set(path.slice(webroot.length + 1), packed.length)
  if (packed.length < statSync(path).size) writeFileSync(path + '.gz', packed)
}

const files = new Set(['index.html'])
const seen = new Set()
const add = (key) => {
  if (seen.has(key)) return
  seen.add(key)
  const chunk = manifest[key]
  files.add(chunk.file)
  chunk.css?.forEach((file) => files.add(file))
  chunk.imports?.forEach(add)
}
// A person loads one language; the larger stands for both.
const words = ['src/language/locales/en.ts', 'src/language/locales/zh-CN.ts'].sort(
  (a, b) => (sizes.get(manifest[b]?.file) ?? 0) - (sizes.get(manifest[a]?.file) ?? 0),
)
const first = ['index.html', 'src/features/home/HomeView.vue', words[0]]
for (const key of first) {
  if (!manifest[key]) {
    console.error(`The build has no ${key}: say in build/finish.mjs what the first route loads now.`)
    process.exit(1)
  }
  add(key)
}

const total = [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
const kilobytes = (bytes) => (bytes / 1024).toFixed(1) + ' KB'
console.log(`First route: ${kilobytes(total)} gzip in ${files.size} files, of ${kilobytes(BUDGET)}`)
if (total > BUDGET) {
  for (const file of files) console.error(`${kilobytes(sizes.get(file))}  ${file}`)
  console.error('The first route is over its budget: load later what it does not show.')
  process.exit(1)
}
