/** The part of JSON Schema 2020-12 that plugins' settings use, with their words in Chinese beside them. */
export interface Schema {
  title?: string
  description?: string
  properties?: Record<string, Property>
  required?: string[]
  'x-test'?: { action: string; title: string; 'x-zh-CN'?: Words }
  'x-zh-CN'?: Words
}

interface Words {
  title?: string
  description?: string
  /** A word for each value of an enum. */
  'x-choices'?: Record<string, string>
}

interface Property extends Words {
  type?: string
  enum?: (string | number)[]
  oneOf?: ({ const: string | number } & Words & { 'x-zh-CN'?: Words })[]
  default?: string | number | boolean
  minimum?: number
  maximum?: number
  writeOnly?: boolean
  /** A list of facts of this type, with commas between. */
  'x-columns'?: 'number' | 'instant' | 'text'
  'x-unit'?: string
  'x-zh-CN'?: Words
}

export type Values = Record<string, string | number | boolean>

export interface Field {
  key: string
  kind: 'text' | 'number' | 'boolean' | 'choice' | 'secret'
  title: string
  about: string
  required: boolean
  initial?: string | number | boolean
  choices: { value: string; title: string }[]
  least?: number
  most?: number
  columns?: 'number' | 'instant' | 'text'
  /** What a number counts, as a word: s, days, months. */
  unit?: string
}

/** The words of something in a language, English where there are none. */
export function wordsOf(it: Words & { 'x-zh-CN'?: Words }, locale: string): Words {
  return locale === 'zh-CN' ? { ...it, ...it['x-zh-CN'] } : it
}

/** The fields of a form in the order of the schema. */
export function fieldsOf(schema: Schema, locale: string): Field[] {
  return Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const words = wordsOf(property, locale)
    const choices =
      property.oneOf?.map((one) => ({ value: String(one.const), title: wordsOf(one, locale).title ?? String(one.const) })) ??
      property.enum?.map((one) => ({ value: String(one), title: words['x-choices']?.[String(one)] ?? String(one) })) ??
      []
    return {
      key,
      kind: kindOf(property, choices.length > 0),
      title: words.title ?? key,
      about: words.description ?? '',
      required: schema.required?.includes(key) ?? false,
      initial: property.default,
      choices,
      least: property.minimum,
      most: property.maximum,
      columns: property['x-columns'],
      unit: property['x-unit'],
    }
  })
}

function kindOf(property: Property, isChoice: boolean): Field['kind'] {
  if (property.writeOnly) return 'secret'
  if (isChoice) return 'choice'
  if (property.type === 'boolean') return 'boolean'
  return property.type === 'integer' || property.type === 'number' ? 'number' : 'text'
}
