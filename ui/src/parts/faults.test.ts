import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { faultsByField, faultsOf } from './faults'

const problem = {
  type: '', title: '', status: 400, detail: '', instance: '', code: '', traceId: '',
  errors: [{ pointer: '/name', code: 'x', message: 'A name, please.' }, { pointer: '/settings/port', code: 'y', message: 'Too large.' }],
}

describe('what the server found wrong', () => {
  it('isSaidByItsPlace', () => {
    expect(faultsOf(new ApiError(400, problem)).get('/name')).toBe('A name, please.')
    expect(faultsOf(null).size).toBe(0)
    expect(faultsOf(new ApiError(0, null)).size).toBe(0)
  })

  it('isSaidByTheFieldItLiesIn', () => {
    expect(faultsByField(new ApiError(400, problem))).toEqual({ name: 'A name, please.', port: 'Too large.' })
  })
})
