import { describe, expect, it } from 'vitest'
import { factOf } from './imports'

describe('a column', () => {
  it('becomesAFactUnderItsOwnName', () => {
    expect(factOf('Favourite Tea')).toBe('favourite_tea')
    expect(factOf('2. Größe (cm)')).toBe('gro_e_cm')
    expect(factOf('备注')).toBeNull()
  })
})
