import type { Pinia } from 'pinia'
import type { UserId } from '../model'
import { useContactStore } from './contactStore'
import { contactWriters } from './contactWriters'
import { useConversationStore } from './conversationStore'
import { conversationWriters } from './conversationWriters'
import { useDiagnosticsStore } from './diagnosticsStore'
import { useFriendRequestStore } from './friendRequestStore'
import { useGroupStore } from './groupStore'
import { useLiveStore } from './liveStore'
import { liveWriters } from './liveWriters'
import { useOutboxStore } from './outboxStore'
import { outboxWriters } from './outboxWriters'
import { peopleWriters } from './peopleWriters'
import { usePinStore } from './pinStore'
import { pinWriters } from './pinWriters'
import { usePresenceStore } from './presenceStore'
import { useProfileStore } from './profileStore'
import { useReceiptStore } from './receiptStore'
import { useSessionStore } from './sessionStore'
import { sessionWriters } from './sessionWriters'
import { useTimelineStore } from './timelineStore'
import { timelineWriters } from './timelineWriters'
import { useTypingStore } from './typingStore'

const STORES = [
  useSessionStore,
  useDiagnosticsStore,
  useConversationStore,
  useTimelineStore,
  useReceiptStore,
  useProfileStore,
  useContactStore,
  useFriendRequestStore,
  usePresenceStore,
  useGroupStore,
  useLiveStore,
  useTypingStore,
  useOutboxStore,
  usePinStore,
]

/** The write door of the stores, for the user `ownId`: one function a change, data only. Nobody but `app/ingest` opens it. */
export function createWriters(pinia: Pinia, ownId: UserId) {
  const timelines = timelineWriters(pinia, ownId)
  return {
    ...sessionWriters(pinia),
    ...conversationWriters(pinia, timelines),
    ...timelines,
    ...outboxWriters(pinia),
    ...peopleWriters(pinia),
    ...contactWriters(pinia),
    ...pinWriters(pinia),
    ...liveWriters(pinia, ownId),
    /** Empties every store, so that nothing of this user is left for the next one (A10). */
    reset(): void {
      for (const useStore of STORES) {
        const store = useStore(pinia)
        store.$dispose()
        delete pinia.state.value[store.$id]
      }
    },
  }
}
