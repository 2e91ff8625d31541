import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { catalogueError } from '../core/errors'
import type { ChatErrorShape, Conversation, ConversationId, Stop } from '../model'
import { useContactStore, useConversationStore, useGroupStore, useSessionStore } from '../stores'
import type { ChatKitContext } from './kitContext'

/** Why nobody, or this person, can write in a conversation, where a code alone says too little. */
export type Closed = 'all-muted' | 'dissolved' | 'not-member'

/** Whether one may write in a conversation. */
export interface Standing {
  /** Why one may not; undefined where one may, or where only the connection is missing: what is sent waits for it (D6). */
  readonly ban: ComputedRef<ChatErrorShape | undefined>
  readonly closed: ComputedRef<Closed | undefined>
  /** There is no connection, so that what is sent waits. */
  readonly isWaiting: ComputedRef<boolean>
  /** This person has blocked the other one: no answer will come. */
  readonly hasBlocked: ComputedRef<boolean>
}

/** Timers of browsers go no further than some weeks. */
const LONGEST_WAIT_MS = 86_400_000

/** Follows what the backend says of writing in a conversation, and what is known of its group. */
export function createStanding(kit: ChatKitContext, id: () => ConversationId | undefined): Standing {
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const contacts = useContactStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  /** Counts refusals that have ended by themselves: nobody tells of that. */
  const endings = shallowRef(0)
  /** Whoever leaves a group loses the conversation too, while it is still looked at. */
  const conversation = computed<Conversation | undefined>((before) => {
    const now = conversations.byId.get(id() ?? '')
    return now ?? (before?.id === id() ? before : undefined)
  })
  const group = computed(() => groups.byId.get(conversation.value?.groupId ?? ''))
  const verdict = computed(() => {
    void endings.value
    const conversationId = id()
    return kit.can('messages.send', conversationId === undefined ? {} : { conversationId })
  })
  let stopWaiting: Stop | undefined
  watch(
    verdict,
    (answer) => {
      stopWaiting?.()
      const untilAt = typeof answer === 'object' ? answer.untilAt : undefined
      if (untilAt === undefined) return
      const leftMs = untilAt - (kit.clock.now() + session.clockOffsetMs)
      stopWaiting = kit.clock.after(Math.min(Math.max(leftMs, 0) + 1, LONGEST_WAIT_MS), () => endings.value++)
    },
    { immediate: true },
  )
  onScopeDispose(() => stopWaiting?.())

  const refusal = computed(() => {
    const answer = verdict.value
    if (typeof answer === 'string') return undefined
    return answer.kind === 'offline' || answer.kind === 'signed-out' ? undefined : answer
  })
  const closed = computed<Closed | undefined>(() => {
    if (!group.value) return undefined
    const { state, type, me, isMuted } = group.value
    if (state === 'dissolved') return 'dissolved'
    // A live room is entered with its view.
    if (state === 'not-joined' && type !== 'live' && !me) return 'not-member'
    const isOwnMute = refusal.value?.untilAt !== undefined || me?.mutedUntil === 'forever'
    return refusal.value?.kind === 'muted' && isMuted && !isOwnMute ? 'all-muted' : undefined
  })

  return {
    closed,
    ban: computed(() => {
      if (refusal.value) return refusal.value
      if (closed.value === 'dissolved') return catalogueError('parley', 'no-such-group')
      return closed.value === 'not-member' ? catalogueError('parley', 'not-a-member') : undefined
    }),
    isWaiting: computed(() => session.session.state !== 'online'),
    hasBlocked: computed(() => {
      const { peerId } = conversation.value ?? {}
      return peerId !== undefined && contacts.blockedIds.has(peerId)
    }),
  }
}
