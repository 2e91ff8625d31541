import { createPinia } from 'pinia'
import type { Pinia, StoreGeneric } from 'pinia'
import type { UserId } from '../model'
import { useContactStore } from './contactStore'
import { contactWriters } from './contactWriters'
import { useConversationStore } from './conversationStore'
import { conversationWriters } from './conversationWriters'
import { useDiagnosticsStore } from './diagnosticsStore'
import { useFriendRequestStore } from './friendRequestStore'
import { useGroupStore } from './groupStore'
import { useHabitStore } from './habitStore'
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
  useHabitStore,
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

/** Those whose kit has ended, where nobody has come after it. */
const leftBehind = new WeakSet<Pinia>()

/** The write door of the stores, for the user `ownId`: one function a change, data only. Nobody but `app/ingest` opens it. */
export function createWriters(pinia: Pinia, ownId: UserId) {
  // What still looks at the stores of the one before must not see those of this user.
  if (leftBehind.delete(pinia)) dropStores(pinia)
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
    /** Empties every store where it stands, so that whatever shows it shows nothing of this user any more (A10). */
    reset(): void {
      leftBehind.add(pinia)
      const untouched = createPinia()
      for (const useStore of STORES) {
        const fresh: StoreGeneric = useStore(untouched)
        emptyStore(useStore(pinia), fresh)
      }
      useConversationStore(pinia).order.clear()
    },
  }
}

/** Maps and sets are emptied; whatever else a store holds becomes what it was at first. */
function emptyStore(store: StoreGeneric, fresh: StoreGeneric): void {
  for (const [key, value] of Object.entries(fresh)) {
    const held: unknown = store[key]
    if (held instanceof Map || held instanceof Set) held.clear()
    else if (Object.hasOwn(fresh.$state, key)) store[key] = value
  }
}

function dropStores(pinia: Pinia): void {
  for (const useStore of STORES) {
    const store = useStore(pinia)
    store.$dispose()
    delete pinia.state.value[store.$id]
  }
}
