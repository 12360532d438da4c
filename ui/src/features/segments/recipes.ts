import type { Condition, SegmentWords, Text } from '@/api/types'

/** A segment to start from: complete, and every number in it can be changed. */
export interface Recipe {
  key: string
  group: 'value' | 'purchase' | 'behaviour' | 'demographic'
  name: Text
  text: Text
  condition: (words: SegmentWords) => Condition
}

const did = (event: string, atLeast: number, days: number): Condition => ({ did: event, atLeast, within: `P${days}D` })
const said = (event: string, property: string, value: string, atLeast: number, days: number): Condition => ({
  did: event, where: { property, match: 'is', value }, atLeast, within: `P${days}D`,
})
const not = (condition: Condition): Condition => ({ not: condition })
const all = (...parts: Condition[]): Condition => ({ all: parts })
const recent = (trait: string, days: number): Condition => ({ recent: trait, within: `P${days}D` })
const atLeast = (trait: string, value: string): Condition => ({ trait, comparison: 'atLeast', value, type: 'number' })
const below = (trait: string, value: string): Condition => ({ trait, comparison: 'less', value, type: 'number' })
const equal = (trait: string, value: string): Condition => ({ trait, comparison: 'equal', value, type: 'text' })

/** The sum that most people here have spent in; money of different currencies is never added. */
function spent({ traits }: SegmentWords): string {
  const sums = traits.filter((trait) => /^spent_[A-Z]{3}$/.test(trait.key))
  return sums.toSorted((a, b) => b.known - a.known)[0]?.key ?? 'spent_EUR'
}

/** The text that most people here have under a trait. */
function usual({ traits }: SegmentWords, key: string, otherwise: string): string {
  return traits.find((trait) => trait.key === key)?.values[0] ?? otherwise
}

/** What is said most often of an event here. */
function usualOf({ properties }: SegmentWords, event: string, key: string, otherwise: string): string {
  return properties.find((one) => one.event === event && one.key === key)?.values[0] ?? otherwise
}

export const RECIPES: Recipe[] = [
  {
    key: 'high-value', group: 'value',
    name: { en: 'High-value customers', 'zh-CN': '高价值客户' },
    text: { en: 'Spent at least 300 in all and ordered in the last half year.', 'zh-CN': '累计消费不低于 300，且最近半年下过单。' },
    condition: (words) => all(atLeast(spent(words), '300'), did('order', 1, 180)),
  },
  {
    key: 'potential', group: 'value',
    name: { en: 'Potential customers', 'zh-CN': '潜在客户' },
    text: { en: 'Ordered lately, but not often yet: the next order makes the difference.', 'zh-CN': '最近下过单但次数不多，再来一单就不一样了。' },
    condition: () => all(recent('last_order', 60), below('orders', '3')),
  },
  {
    key: 'loyal', group: 'value',
    name: { en: 'Loyal customers', 'zh-CN': '忠诚客户' },
    text: { en: 'At least three orders within a year, the last one not long ago.', 'zh-CN': '一年内至少三笔订单，且最近仍在购买。' },
    condition: () => all(did('order', 3, 365), recent('last_order', 90)),
  },
  {
    key: 'new', group: 'purchase',
    name: { en: 'New customers', 'zh-CN': '新客户' },
    text: { en: 'Placed their first order in the last 30 days.', 'zh-CN': '最近 30 天内第一次下单。' },
    condition: () => all(recent('first_order', 30)),
  },
  {
    key: 'prospects', group: 'purchase',
    name: { en: 'Prospects', 'zh-CN': '尚未购买的人' },
    text: { en: 'Known, but have never ordered.', 'zh-CN': '已有资料，但从未下单。' },
    condition: () => all(not(atLeast('orders', '1'))),
  },
  {
    key: 'big-spenders', group: 'purchase',
    name: { en: 'Big spenders', 'zh-CN': '高消费客户' },
    text: { en: 'Spent at least 200 in all.', 'zh-CN': '累计消费不低于 200。' },
    condition: (words) => all(atLeast(spent(words), '200')),
  },
  {
    key: 'lapsed', group: 'purchase',
    name: { en: 'Not ordered for a while', 'zh-CN': '久未下单' },
    text: { en: 'Ordered before, but not in the last 90 days.', 'zh-CN': '曾经下单，但最近 90 天没有。' },
    condition: () => all(atLeast('orders', '1'), not(did('order', 1, 90))),
  },
  {
    key: 'frequent', group: 'purchase',
    name: { en: 'Frequent buyers', 'zh-CN': '高频购买者' },
    text: { en: 'At least two orders in the last 60 days.', 'zh-CN': '最近 60 天内至少两笔订单。' },
    condition: () => all(did('order', 2, 60)),
  },
  {
    key: 'clickers', group: 'behaviour',
    name: { en: 'Readers of our e-mails', 'zh-CN': '邮件读者' },
    text: { en: 'Clicked in one of our e-mails in the last 90 days.', 'zh-CN': '最近 90 天内点击过我们的邮件。' },
    condition: () => all(did('email.clicked', 1, 90)),
  },
  {
    key: 'silent', group: 'behaviour',
    name: { en: 'Buyers who do not read', 'zh-CN': '不看邮件的买家' },
    text: { en: 'Ordered in the last year, but opened nothing for 60 days.', 'zh-CN': '一年内下过单，但 60 天没有打开过邮件。' },
    condition: () => all(did('order', 1, 365), not(did('email.opened', 1, 60))),
  },
  {
    key: 'browsers', group: 'behaviour',
    name: { en: 'Looking, not buying', 'zh-CN': '只看不买' },
    text: { en: 'Visited the website at least three times in 30 days without an order.', 'zh-CN': '30 天内访问网站至少三次，但没有下单。' },
    condition: () => all(did('page_view', 3, 30), not(did('order', 1, 30))),
  },
  {
    key: 'interested', group: 'behaviour',
    name: { en: 'Interested in one category', 'zh-CN': '对某一品类感兴趣' },
    text: { en: 'Looked at products of one category at least twice in 30 days; starts with the most frequent one.', 'zh-CN': '30 天内至少两次浏览同一品类的商品；默认选择最常见的品类。' },
    condition: (words) => all(said('product_view', 'category', usualOf(words, 'product_view', 'category', 'Tea'), 2, 30)),
  },
  {
    key: 'left-in-cart', group: 'behaviour',
    name: { en: 'Put into the cart, not ordered', 'zh-CN': '加购未下单' },
    text: { en: 'Put something into the cart in the last 7 days, and did not order in these days.', 'zh-CN': '最近 7 天加入过购物车，但没有下单。' },
    condition: () => all(did('add_to_cart', 1, 7), not(did('order', 1, 7))),
  },
  {
    key: 'age', group: 'demographic',
    name: { en: 'Between 25 and 34', 'zh-CN': '25 到 34 岁' },
    text: { en: 'By age, as far as it is known.', 'zh-CN': '按年龄（已知者）。' },
    condition: () => all(atLeast('age', '25'), below('age', '35')),
  },
  {
    key: 'gender', group: 'demographic',
    name: { en: 'Women', 'zh-CN': '女性客户' },
    text: { en: 'By gender, as far as it is known.', 'zh-CN': '按性别（已知者）。' },
    condition: () => all(equal('gender', 'female')),
  },
  {
    key: 'place', group: 'demographic',
    name: { en: 'From one place', 'zh-CN': '同一城市' },
    text: { en: 'By city; starts with the one that most people here come from.', 'zh-CN': '按城市；默认选择客户最多的城市。' },
    condition: (words) => all(equal('city', usual(words, 'city', 'Kiel'))),
  },
  {
    key: 'occupation', group: 'demographic',
    name: { en: 'One occupation', 'zh-CN': '同一职业' },
    text: { en: 'By occupation; starts with the most frequent one.', 'zh-CN': '按职业；默认选择最常见的职业。' },
    condition: (words) => all(equal('occupation', usual(words, 'occupation', 'teacher'))),
  },
]
