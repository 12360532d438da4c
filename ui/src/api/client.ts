import createClient, { createFinalURL, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch'
import type { paths } from '@schema'
import { confirmed, session } from './session'
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

export const api = createClient<paths>({ baseUrl: '/', fetch: guarded })

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang)
    if (session.value?.csrf) request.headers.set('X-CSRF-Token', session.value.csrf)
    return request
  },
})

/** The address of what the browser fetches by itself: a frame, a download. */
export function addressOf(path: keyof paths, named: Record<string, string>, query: Record<string, string | undefined> = {}): string {
  return createFinalURL(path, { baseUrl: '', params: { path: named, query }, querySerializer: createQuerySerializer(), pathSerializer: defaultPathSerializer })
}

/** Fetches; asks for the passphrase where it is needed and tries again; notes when nobody is signed in any more. */
async function guarded(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await fetch(request)
  if (response.status === 401) session.value = { state: 'signedOut' }
  if (response.status !== 403) return response
  const code = await codeOf(response)
  if (code === 'setup-first') session.value = { state: 'setup' }
  return code === 'confirm' && (await confirmed()) ? fetch(again) : response
}

async function codeOf(response: Response): Promise<string> {
  try {
    const problem: unknown = await response.clone().json()
    return isProblem(problem) ? problem.code : ''
  } catch {
    return ''
  }
}

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

/** What to say under a field, or under a form when the name is empty. */
export function faultOf(error: Error | null, field: string): string {
  const problem = error instanceof ApiError ? error.problem : null
  const named = problem?.errors?.find((one) => one.pointer === `/${field}`)
  if (field) return named?.message ?? ''
  return problem && !problem.errors?.length ? problem.detail : ''
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error
}
