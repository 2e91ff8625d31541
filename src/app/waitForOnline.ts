import { watch } from 'vue'
import { catalogueError } from '../core/errors'
import { kitEnded } from '../core/session'
import type { ChatError } from '../model'
import type { SessionState } from '../model'

const DEAD_ENDS: readonly SessionState['state'][] = ['credentials-needed', 'kicked', 'banned', 'refused']

/** Resolves when the session is online; rejects where it ends otherwise, or the kit does, which reads as undefined. */
export function waitForOnline(read: () => SessionState | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = watch(
      read,
      (session) => {
        const isDeadEnd = !session || DEAD_ENDS.includes(session.state)
        if (session?.state !== 'online' && !isDeadEnd) return
        // The watcher may run before `stop` is there, so it ends a moment later.
        queueMicrotask(() => stop())
        if (!session) reject(kitEnded())
        else if (session.state === 'online') resolve()
        else reject(('error' in session && session.error) || signedOut(session.state))
      },
      { immediate: true, flush: 'sync' },
    )
  })
}

function signedOut(state: string): ChatError {
  return catalogueError('parley', state, { kind: 'signed-out', retry: 'after-sign-in' })
}
