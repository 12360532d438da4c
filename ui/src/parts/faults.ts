import { ApiError } from '@/api/client'

/** What the server found wrong, by the JSON pointer of the place. */
export function faultsOf(error: Error | null): Map<string, string> {
  const errors = error instanceof ApiError ? (error.problem?.errors ?? []) : []
  return new Map(errors.map((one) => [one.pointer, one.message]))
}

/** The same by the last name in each pointer: /settings/port is about port. */
export function faultsByField(error: Error | null): Record<string, string> {
  return Object.fromEntries([...faultsOf(error)].map(([pointer, message]) => [pointer.split('/').pop() ?? '', message]))
}
