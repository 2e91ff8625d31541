import type { ChatErrorShape, SessionState } from '../model'
import type { Pinia } from 'pinia'
import { useSessionStore } from './sessionStore'

/** What changes the session store. */
export function sessionWriters(pinia: Pinia) {
  const store = useSessionStore(pinia)
  return {
    setSession(session: SessionState): void {
      store.session = session
    },
    setClockOffset(offsetMs: number): void {
      store.clockOffsetMs = offsetMs
    },
    bumpAbilities(): void {
      store.abilitiesRevision++
    },
    /** One notice an error: told again it is not shown twice. */
    addNotice(error: ChatErrorShape): void {
      const id = `${error.domain}:${error.code}`
      if (!store.notices.some((notice) => notice.id === id)) store.notices = [...store.notices, { id, error }]
    },
    dropNotice(id: string): void {
      store.notices = store.notices.filter((notice) => notice.id !== id)
    },
    countRejected(): void {
      store.rejectedCount++
    },
  }
}
