import { catalogueError } from '../../../core/errors'
import type { ChatErrorShape } from '../../../model'
import { refusals } from '../refusals'

/** One file on its way to its place. */
export interface Putting {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob
  readonly signal: AbortSignal
  readonly onProgress: ((fraction: number) => void) | undefined
}

/** Puts a file in its place; where there is no XMLHttpRequest, progress is told at the two ends alone. */
export async function put(putting: Putting): Promise<void> {
  const { signal, onProgress } = putting
  onProgress?.(0)
  const status = await (typeof XMLHttpRequest === 'undefined' ? putByFetch(putting) : putByRequest(putting))
  if (signal.aborted && !isGood(status)) throw refusals.cancelled()
  if (!isGood(status)) throw httpError(status)
  onProgress?.(1)
}

async function putByFetch({ url, headers, body, signal }: Putting): Promise<number> {
  try {
    const answer = await fetch(url, { method: 'PUT', headers: withType(headers, body), body, signal })
    await answer.body?.cancel()
    return answer.status
  } catch (cause) {
    throw signal.aborted ? refusals.cancelled() : refusals.unreachable(cause)
  }
}

function putByRequest({ url, headers, body, signal, onProgress }: Putting): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    const leave = (settle: () => void) => () => {
      signal.removeEventListener('abort', stop)
      settle()
    }
    request.open('PUT', url)
    for (const [name, value] of Object.entries(withType(headers, body))) setHeader(request, name, value)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0 && loaded < total) onProgress?.(loaded / total)
    }
    request.onload = leave(() => resolve(request.status))
    request.onerror = leave(() => reject(refusals.unreachable()))
    request.onabort = leave(() => reject(refusals.cancelled()))
    if (signal.aborted) return reject(refusals.cancelled())
    signal.addEventListener('abort', stop)
    request.send(body)
  })
}

/** Browsers keep some headers, such as cookies, to themselves. */
function setHeader(request: XMLHttpRequest, name: string, value: string): void {
  try {
    request.setRequestHeader(name, value)
  } catch {
    // The store says by its answer whether it can do without.
  }
}

function withType(headers: Putting['headers'], body: Blob): Readonly<Record<string, string>> {
  return { 'Content-Type': body.type || 'application/octet-stream', ...headers }
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300
}

function httpError(status: number): ChatErrorShape {
  const isFinal = status === 401 || status === 403 || status === 413
  return catalogueError(
    'xmpp',
    `http-${status}`,
    isFinal ? {} : { kind: 'other', retry: 'later', audience: 'operator' },
  )
}
