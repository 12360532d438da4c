import { inflateSync } from 'node:zlib'

/** A WOFF 1 file as the plain font it packs: the browser takes fonts of the system only in that form. */
export function unpackWoff(woff) {
  const tables = woff.readUInt16BE(12)
  const head = Buffer.alloc(12 + 16 * tables)
  const power = Math.floor(Math.log2(tables))
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(tables, 4)
  head.writeUInt16BE(16 * 2 ** power, 6)
  head.writeUInt16BE(power, 8)
  head.writeUInt16BE(16 * (tables - 2 ** power), 10)

  const parts = [head]
  let offset = head.length
  for (let i = 0; i < tables; i++) {
    const from = 44 + 20 * i
    const [start, packed, size] = [4, 8, 12].map((at) => woff.readUInt32BE(from + at))
    const bytes = woff.subarray(start, start + packed)
    const table = packed < size ? inflateSync(bytes) : bytes
    const at = 12 + 16 * i
    woff.copy(head, at, from, from + 4)
    woff.copy(head, at + 4, from + 16, from + 20)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(size, at + 12)
    const padded = Buffer.alloc(Math.ceil(size / 4) * 4)
    table.copy(padded)
    parts.push(padded)
    offset += padded.length
  }
  return Buffer.concat(parts)
}
