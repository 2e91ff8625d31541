import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, ConversationId, GroupApplication, GroupId } from '../model'
import { useGroupStore, useSessionStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** Who wants into the groups one leads, and into which one is invited (I2). */
export interface GroupInboxView {
  readonly isOffered: ComputedRef<boolean>
  /** Invitations for me, the newest first; what is answered while it is looked at stays, with what became of it. */
  readonly invitations: ComputedRef<readonly GroupApplication[]>
  /** Who asks or is proposed, in all groups I lead. */
  readonly applications: ComputedRef<readonly GroupApplication[]>
  /** How many wait for my answer. */
  readonly waitingCount: ComputedRef<number>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Reads them again. */
  reload(): void
  /** True where this user gave the answer here. */
  isMine(applicationId: string): boolean
  /** @throws ChatError where the service refuses; somebody may have been faster. */
  answer(applicationId: string, verdict: 'accept' | 'refuse'): Promise<void>
  /** The conversation of a group one has come into. @throws ChatError where the service refuses. */
  open(groupId: GroupId): Promise<ConversationId>
}

/** What waits at the doors of groups, as long as it is looked at. `isAmong` leaves out what is not meant. */
export function useGroupInbox(
  isAmong: (application: GroupApplication) => boolean = () => true,
): GroupInboxView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const hasInbox = computed(() => isOffered(kit, 'groups.applications'))
  /** Answers that were given here. */
  const mineIds = shallowRef<ReadonlySet<string>>(new Set())
  /** What has waited since this is looked at. */
  const seenIds = shallowRef<ReadonlySet<string>>(new Set())

  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')
  const error = shallowRef<ChatErrorShape>()

  /** They come by event too: without the old ones the list is only shorter. */
  async function load(): Promise<void> {
    if (state.value === 'failed') state.value = 'loading'
    try {
      await kit.dispatch({ type: 'loadApplications' })
      state.value = 'ready'
      error.value = undefined
    } catch (thrown) {
      state.value = 'failed'
      error.value = toChatError(thrown)
    }
  }
  watch(
    () => hasInbox.value && session.session.state === 'online',
    (isWanted) => void (isWanted && load()),
    { immediate: true },
  )
  const all = computed(() =>
    [...store.applicationById.values()].filter(isAmong).sort((a, b) => (b.at ?? 0) - (a.at ?? 0)),
  )
  const isForMe = ({ kind, userId }: GroupApplication) => kind === 'invites-me' && userId === kit.userId
  /** A backend tells whoever decides, and those whom it is about. */
  const isForLeader = ({ kind, userId, byId, groupId }: GroupApplication) =>
    kind !== 'invites-me' &&
    userId !== kit.userId &&
    byId !== kit.userId &&
    store.byId.get(groupId)?.me?.role !== 'member'
  const waiting = computed(() =>
    all.value.filter((one) => one.state === 'pending' && (isForMe(one) || isForLeader(one))),
  )
  watch(waiting, (now) => (seenIds.value = new Set([...seenIds.value, ...now.map(({ id }) => id)])), {
    immediate: true,
  })
  const isShown = ({ id, state }: GroupApplication) => state === 'pending' || seenIds.value.has(id)

  return {
    isOffered: hasInbox,
    invitations: computed(() => all.value.filter((one) => isShown(one) && isForMe(one))),
    applications: computed(() => all.value.filter((one) => isShown(one) && isForLeader(one))),
    waitingCount: computed(() => waiting.value.length),
    state: computed(() => state.value),
    error: computed(() => error.value),
    reload: () => void load(),
    open: async (groupId) => (await kit.dispatch({ type: 'openConversation', target: { groupId } })).id,
    isMine: (applicationId) => mineIds.value.has(applicationId),
    async answer(applicationId, verdict) {
      const before = mineIds.value
      // The news of it may be here before the answer.
      mineIds.value = new Set([...before, applicationId])
      try {
        await kit.dispatch({ type: 'answerApplication', applicationId, verdict })
      } catch (thrown) {
        mineIds.value = before
        throw thrown
      }
    },
  }
}
