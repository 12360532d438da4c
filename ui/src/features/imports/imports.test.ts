import { describe, expect, it } from 'vitest'
import { traitKey } from './imports'

describe('the key of a column that becomes a fact', () => {
  it.each([
    ['Customer Group', 'customer_group'],
    ['favouriteColour', 'favourite_colour'],
    ['  Größe (cm) ', 'gr_e_cm'],
    ['会员等级', 'field_3'],
    ['2nd phone', 'field_2nd_phone'],
  ])('of %s is %s', (column, key) => {
    expect(traitKey(column, 2)).toBe(key)
  })

  it('is one the server takes', () => {
    for (const column of ['x'.repeat(200), '!!!', '9', 'A']) expect(traitKey(column, 0)).toMatch(/^[a-z][a-z0-9_]{0,63}$/)
  })
})
