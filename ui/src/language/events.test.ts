import { expect, it } from 'vitest'
import { talkIn } from '@/testing/talk'
import { propertyRows } from './events'

it('tellsSumsInTheMoneyOfTheOrderAndNoIds', async () => {
  const rows = propertyRows({ type: 'order', properties: { orderId: 'A-1', total: '25', currency: 'EUR', message: '89153c07', gone: [], lines: [{ product: 'Cup', quantity: 2, price: '12.5' }] } }, await talkIn('en'))

  expect(rows.map(({ label, value }) => `${label}: ${value}`)).toEqual(['Order: A-1', 'Total: €25.00', 'Items: Product Cup, Quantity 2, Price €12.50'])
})

it('tellsWhatAProfilerSaidInOneLanguage', async () => {
  const properties = { model: '12331827', traits: { p_churn: { value: 0.5, en: 'no order came', zh: '没有订单' }, rfm_group: { value: 'at-risk', en: 'used to buy', zh: '过去购买' } } }

  expect(propertyRows({ type: 'profile.scored', properties }, await talkIn('zh-CN')).map(({ value }) => value)).toEqual(['流失概率 50%, RFM 分组 有流失风险'])
})

it('tellsPurposeAndSourceInWords', async () => {
  const rows = propertyRows({ type: 'consent', properties: { purpose: 'marketing', granted: true, source: 'checkout' } }, await talkIn('zh-CN'))

  expect(rows.map(({ value }) => value)).toEqual(['营销邮件', '是', '结账页'])
})
