import createClient from 'openapi-fetch'
import type { paths } from '@schema'
import type { Problem } from './types'

/** An answer that is not a success; status 0 when there was none at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
  ) {
    super(problem?.detail ?? `status ${status}`)
  }
}

export const api = createClient<paths>({ baseUrl: '/' })

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang)
    return request
  },
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of a success; everything else is thrown as {@link ApiError}. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new ApiError(0, null)
  }
  if (answer.response.ok && answer.data !== undefined) return answer.data
  throw new ApiError(answer.response.status, isProblem(answer.error) ? answer.error : null)
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error
}
