import { computed, watch, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { ChatErrorShape, FriendRequest } from '../model'
import { useFriendRequestStore, useOutboxStore, useSessionStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** How a request is answered. */
export interface FriendAnswer {
  /** 'accept' lets the other one have me as a friend, 'accept-and-add' makes us friends of each other. */
  readonly verdict: 'accept' | 'accept-and-add' | 'refuse'
  /** What I call him. */
  readonly remark?: string
  /** The groups of friends he comes into. */
  readonly folders?: readonly string[]
}
/** Requests to be friends, from others and to others. */
export interface FriendRequestsView {
  readonly isOffered: ComputedRef<boolean>
  /** The newest first; those that wait for an answer before all others. */
  readonly incoming: ComputedRef<readonly FriendRequest[]>
  readonly outgoing: ComputedRef<readonly FriendRequest[]>
  /** How many wait for my answer and have not been looked at. */
  readonly unreadCount: ComputedRef<number>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** What has come can be taken out of the list. */
  readonly canDelete: ComputedRef<boolean>
  /** It was answered, and the service does not know yet. */
  isOnItsWay(request: FriendRequest): boolean
  /** Reads them again. */
  reload(): void
  /** Everything that has come was looked at. */
  markRead(): void
  /** @throws ChatError where the service refuses. */
  answer(request: FriendRequest, answer: FriendAnswer): Promise<void>
  /** Takes it out of the list; one of mine that waits is taken back. @throws ChatError where the service refuses. */
  remove(request: FriendRequest): Promise<void>
}

/** The friend requests of the kit's user, read once as soon as the session is online (H1). */
export function useFriendRequests(): FriendRequestsView {
  const kit = useChatKit()
  const store = useFriendRequestStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const outbox = useOutboxStore(kit.pinia)
  const hasRequests = computed(() => isOffered(kit, 'contacts.requests'))

  function reload(): void {
    // The failure stands in the store, where the list shows it.
    kit.dispatch({ type: 'loadFriendRequests' }).catch(() => {})
  }
  watchEffect(() => {
    if (!hasRequests.value || session.session.state !== 'online') return
    if (store.state === 'empty' || store.isDoubtful) reload()
  })
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      if (isOnline && store.error && hasRequests.value) reload()
    },
  )
  const listed = (direction: FriendRequest['direction']) =>
    computed(() =>
      [...store.byId.values()].filter((one) => one.direction === direction).sort(compareRequests),
    )

  return {
    isOffered: hasRequests,
    incoming: listed('in'),
    outgoing: listed('out'),
    unreadCount: computed(() => store.unreadCount),
    state: computed(() => {
      if (store.state !== 'empty' && store.state !== 'loading') return store.state
      // What this machine kept is there while the rest is on its way.
      return store.byId.size > 0 ? 'ready' : 'loading'
    }),
    error: computed(() => store.error),
    canDelete: computed(() => isOffered(kit, 'contacts.deleteRequest')),
    isOnItsWay: ({ id }) =>
      [...outbox.itemById.values()].some(
        ({ command }) => command.type === 'answerFriendRequest' && command.requestId === id,
      ),
    reload,
    markRead() {
      if (!isOffered(kit, 'contacts.markRequestsRead')) return
      const isNew = [...store.byId.values()].some(({ direction, isRead }) => direction === 'in' && !isRead)
      // Where it fails the badge comes back.
      if (isNew) kit.dispatch({ type: 'markRequestsRead' }).catch(() => {})
    },
    async answer({ id, userId }, { verdict, remark, folders = [] }) {
      const answering = kit.dispatch({
        type: 'answerFriendRequest',
        requestId: id,
        verdict,
        ...(remark && { remark }),
      })
      if (verdict !== 'accept-and-add' || folders.length === 0) return answering
      // Both are kept at once: without a network nobody may be here any more when the first is done.
      const filing = kit.dispatch({ type: 'updateContact', patch: { userId, folders } })
      filing.catch(() => {})
      await answering
      await filing
    },
    remove: ({ id }) => kit.dispatch({ type: 'deleteFriendRequest', requestId: id }),
  }
}

function compareRequests(a: FriendRequest, b: FriendRequest): number {
  const waiting = Number(b.state === 'pending') - Number(a.state === 'pending')
  if (waiting !== 0) return waiting
  return (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? -1 : 1)
}
