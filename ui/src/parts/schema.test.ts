import { describe, expect, it } from 'vitest'
import { fieldsOf, type Schema } from './schema'

const SCHEMA: Schema = {
  required: ['url', 'secret'],
  properties: {
    url: { type: 'string', title: 'Address', 'x-zh-CN': { title: '地址' } },
    secret: { type: 'string', writeOnly: true, title: 'Secret' },
    port: { type: 'integer', minimum: 1, maximum: 65535, default: 25 },
    security: {
      type: 'string', enum: ['none', 'tls'], 'x-choices': { none: 'None' },
      'x-zh-CN': { 'x-choices': { none: '不加密', tls: '加密' } },
    },
    open: { type: 'boolean', default: false },
  },
}

describe('a form from a schema', () => {
  it('has a field of the right kind for each property, in its order', () => {
    expect(fieldsOf(SCHEMA, 'en').map((field) => `${field.key} ${field.kind}`)).toEqual([
      'url text', 'secret secret', 'port number', 'security choice', 'open boolean',
    ])
  })

  it('speaks Chinese where the schema does and English elsewhere', () => {
    expect(fieldsOf(SCHEMA, 'zh-CN').map((field) => field.title)).toEqual(['地址', 'Secret', 'port', 'security', 'open'])
  })

  it('has a word for each choice, or the choice itself', () => {
    const words = (locale: string) => fieldsOf(SCHEMA, locale).find((field) => field.key === 'security')?.choices.map((choice) => `${choice.value} ${choice.title}`)
    expect(words('en')).toEqual(['none None', 'tls tls'])
    expect(words('zh-CN')).toEqual(['none 不加密', 'tls 加密'])
  })

  it('knows what must be given, what is given at first, and the bounds', () => {
    const [url, , port] = fieldsOf(SCHEMA, 'en')
    expect(url?.required).toBe(true)
    expect([port?.required, port?.initial, port?.least, port?.most]).toEqual([false, 25, 1, 65535])
  })
})
