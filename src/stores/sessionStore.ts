import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ChatErrorShape, SessionState } from '../model'

/** Something a person should know that is not about one message, such as storage that no longer keeps anything. */
export interface SessionNotice {
  readonly id: string
  readonly error: ChatErrorShape
}

/** Being signed in, and what is told about it. */
export const useSessionStore = defineStore('parley/session', () => {
  const session = shallowRef<SessionState>({ state: 'offline' })
  /** Server clock minus device clock, in milliseconds. */
  const clockOffsetMs = shallowRef(0)
  /** Grows whenever what is allowed may have changed, so that whoever asked asks again. */
  const abilitiesRevision = shallowRef(0)
  const notices = shallowRef<readonly SessionNotice[]>([])
  /** How many wire inputs nobody understood. */
  const rejectedCount = shallowRef(0)
  return { session, clockOffsetMs, abilitiesRevision, notices, rejectedCount }
})
