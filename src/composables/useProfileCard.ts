import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { friendRequestVerdict } from '../core/friends'
import type { FriendRequestVerdict } from '../core/friends'
import type { Contact, Conversation, ConversationId, FriendRequest, Patch, Profile, UserId } from '../model'
import {
  useContactStore,
  useConversationStore,
  useFriendRequestStore,
  useProfileStore,
  useSessionStore,
} from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'
import { createImitatedFinder } from './lookAlike'
import { createPinning } from './pinning'
import { requireDone } from './requireDone'
import { OPENED_MAX_AGE_MS } from './useInterest'
import { useNow } from './useNow'
import { usePresence } from './usePresence'
import { useProfile } from './useProfile'
import type { ShownProfile } from './useProfile'

/** What can be done with somebody on this service; what cannot is not shown. */
export interface ProfileAbilities {
  readonly ask: boolean
  readonly update: boolean
  readonly remove: boolean
  readonly block: boolean
  readonly mute: boolean
  readonly clear: boolean
  readonly edit: boolean
}
/** Somebody's card: who it is, how we stand, and what can be done. Whatever is done rejects with a ChatError where it is refused. */
export interface ProfileCardView {
  readonly shown: ComputedRef<ShownProfile>
  /** As the person describes himself; undefined until it is known. */
  readonly profile: ComputedRef<Profile | undefined>
  /** Nobody has this id. */
  readonly isUnknown: ComputedRef<boolean>
  readonly isMe: ComputedRef<boolean>
  /** Known in one group only: there is no way to this person outside. */
  readonly isOnlyInGroup: ComputedRef<boolean>
  /** A friend, with what only I call him. */
  readonly contact: ComputedRef<Contact | undefined>
  readonly isBlocked: ComputedRef<boolean>
  /** The request of this person that waits for my answer. */
  readonly incoming: ComputedRef<FriendRequest | undefined>
  /** My own last request. */
  readonly outgoing: ComputedRef<FriendRequest | undefined>
  /** Whether I may ask now, and if not, until when (H2). */
  readonly verdict: ComputedRef<FriendRequestVerdict>
  /** A friend of mine whose name this stranger imitates. */
  readonly imitated: ComputedRef<ShownProfile | undefined>
  readonly isOnline: ComputedRef<boolean>
  readonly lastSeenAt: ComputedRef<number | undefined>
  /** Our conversation, where there is one. */
  readonly conversation: ComputedRef<Conversation | undefined>
  readonly can: ComputedRef<ProfileAbilities>
  /** The backend keeps no pins, so one made here stays on this device (F2). */
  readonly isPinOnlyHere: ComputedRef<boolean>
  openConversation(): Promise<ConversationId>
  ask(wish: {
    readonly wording?: string
    readonly remark?: string
    readonly folders?: readonly string[]
    readonly source?: string
  }): Promise<'added' | 'pending'>
  setRemark(remark: string): Promise<void>
  setFolders(folders: readonly string[]): Promise<void>
  setBlocked(isBlocked: boolean): Promise<void>
  remove(): Promise<void>
  setMuted(isMuted: boolean): Promise<void>
  setPinned(isPinned: boolean): Promise<void>
  /** Changes what one says of oneself. */
  saveOwn(patch: Patch<Profile, 'id'>): Promise<void>
}

const MINUTE_MS = 60_000

/** The card of somebody, asked for again as it opens unless changes are pushed (G4). */
export function useProfileCard(userId: MaybeRefOrGetter<UserId>): ProfileCardView {
  const kit = useChatKit()
  const contacts = useContactStore(kit.pinia)
  const requests = useFriendRequestStore(kit.pinia)
  const profiles = useProfileStore(kit.pinia)
  const conversations = useConversationStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const pinning = createPinning(kit)
  const findImitated = createImitatedFinder(kit)
  const now = useNow(MINUTE_MS)
  const id = computed(() => toValue(userId))
  const shown = useProfile(id, undefined, undefined, { maxAgeMs: OPENED_MAX_AGE_MS })
  const presence = usePresence(id)
  const isMe = computed(() => id.value === kit.userId)
  const contact = computed(() => contacts.byId.get(id.value))
  const conversation = computed(() =>
    [...conversations.byId.values()].find(({ kind, peerId }) => kind === 'direct' && peerId === id.value),
  )
  const requestOf = (direction: FriendRequest['direction']) =>
    computed(() =>
      [...requests.byId.values()]
        .filter((one) => one.userId === id.value && one.direction === direction)
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
        .find(({ state }) => direction === 'out' || state === 'pending'),
    )
  const outgoing = requestOf('out')

  async function conversationId(): Promise<ConversationId> {
    if (conversation.value) return conversation.value.id
    return (await kit.dispatch({ type: 'openConversation', target: { userId: id.value } })).id
  }

  return {
    shown,
    profile: computed(() => profiles.byId.get(id.value)),
    isUnknown: computed(() => profiles.missingIds.has(id.value)),
    isMe,
    isOnlyInGroup: computed(() => profiles.byId.get(id.value)?.onlyInId !== undefined),
    contact,
    isBlocked: computed(() => contacts.blockedIds.has(id.value)),
    incoming: requestOf('in'),
    outgoing,
    verdict: computed(() => {
      const { at, state } = outgoing.value ?? {}
      return friendRequestVerdict(
        state && { state, ...(at !== undefined && { askedAt: at }) },
        // While the backend has not told the time, the device's counts.
        now.value,
      )
    }),
    imitated: computed(() => (isMe.value || contact.value ? undefined : findImitated(shown.value))),
    isOnline: computed(() => session.session.state === 'online' && presence.value?.state === 'online'),
    lastSeenAt: computed(() => presence.value?.lastSeenAt),
    conversation,
    can: computed(() => ({
      ask: isOffered(kit, 'contacts.ask'),
      update: isOffered(kit, 'contacts.update'),
      remove: isOffered(kit, 'contacts.remove'),
      block: isOffered(kit, 'contacts.setBlocked'),
      mute: isOffered(kit, 'conversations.setNotify'),
      clear: isOffered(kit, 'conversations.clearHistory'),
      edit: isOffered(kit, 'profiles.updateOwn'),
    })),
    isPinOnlyHere: computed(() => pinning.isOnlyHere()),
    openConversation: conversationId,
    ask({ wording, remark, folders = [], source }) {
      const wanted = { ...(remark && { remark }), ...(folders.length > 0 && { folders }) }
      return kit.dispatch({
        type: 'askFriend',
        contact: { userId: id.value, ...wanted },
        ...(wording && { wording }),
        ...(source && { source }),
      })
    },
    setRemark: (remark) =>
      kit.dispatch({ type: 'updateContact', patch: { userId: id.value, remark: remark.trim() || null } }),
    setFolders: (folders) =>
      kit.dispatch({ type: 'updateContact', patch: { userId: id.value, folders: [...folders] } }),
    setBlocked: async (isBlocked) =>
      requireDone(await kit.dispatch({ type: 'setBlocked', userIds: [id.value], isBlocked })),
    remove: async () => requireDone(await kit.dispatch({ type: 'removeContacts', userIds: [id.value] })),
    async setMuted(isMuted) {
      const conversationIds = [await conversationId()]
      requireDone(await kit.dispatch({ type: 'setNotify', conversationIds, mode: isMuted ? 'none' : 'all' }))
    },
    setPinned: async (isPinned) => pinning.set(await conversationId(), isPinned),
    saveOwn: (patch) => kit.dispatch({ type: 'updateOwnProfile', patch }),
  }
}
