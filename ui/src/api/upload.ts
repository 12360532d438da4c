import { ref } from 'vue'
import { api, body } from './client'

/** A file as the body of a request. */
export const asFile = {
  headers: { 'Content-Type': 'application/octet-stream' },
  bodySerializer: (file: unknown) => file as File,
}

/** Sends files one at a time and remembers what went wrong; an answer that failed gives null. */
export function useUpload<T>(send: (file: File) => Promise<T>) {
  const sending = ref<File | null>(null)
  const error = ref<Error | null>(null)
  async function upload(file: File): Promise<T | null> {
    sending.value = file
    error.value = null
    try {
      return await send(file)
    } catch (failure) {
      error.value = failure as Error
      return null
    } finally {
      sending.value = null
    }
  }
  return { sending, error, upload }
}

export const sendPlugin = (file: File) => body(api.POST('/api/v1/plugins', { ...asFile, body: file as unknown as string }))
