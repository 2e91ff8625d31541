import { effectScope, shallowReactive, shallowRef, watch } from 'vue'
import { createProfileReader, createTitleReader } from '../../composables'
import type { ChatKitContext, KitNotifications } from '../../composables'
import { isHeard, unreadTotal } from '../../core/notify'
import type { NotificationPermit, Platform } from '../../core/ports'
import { isCovered } from '../../core/receipts'
import { createTranslator } from '../../i18n'
import type { ConversationId, Message, MessageChange, Stop, UserId } from '../../model'
import { useConversationStore, useReceiptStore } from '../../stores'
import { noteOf } from './noteOf'
import type { NotificationContent } from './noteOf'
import type { OnScreen } from './onScreen'

/** How a person is told of messages while the page is not looked at; what is not set is off. */
export interface NotificationOptions {
  /** Shows notifications of the machine, once the person has allowed them. @default false */
  readonly hasPopups?: boolean
  /** Makes a short sound. @default false */
  readonly hasSound?: boolean
  /** Counts what is unread beside the title and on the icon of the page. @default false */
  readonly hasBadge?: boolean
  /** The badge counts muted conversations too. @default false */
  readonly countsMuted?: boolean
  /** Somebody who is pointed at is told of it though the conversation is muted. @default true */
  readonly hearsMentions?: boolean
  /** What a notification tells: everything, only names, or only that there is something. @default 'words' */
  readonly content?: NotificationContent
}

/** The notifications of a kit, and what feeds them. */
export interface Notifying extends KitNotifications {
  /** Messages have just come. */
  hear(messages: readonly Message[]): void
  /** Nobody is told any more what was taken back. */
  forget(changes: readonly MessageChange[]): void
  stop: Stop
}

/** A message that is told, or is going to be, and what ends that. */
interface Note {
  readonly message: Message
  readonly stop: Stop
}

/** Another tab that shows the message says so sooner, and so does a device that reads it at once. */
const WAITS_MS = 600
/** Whoever writes a hundred messages does not make it ring a hundred times. */
const RINGS_EVERY_MS = 2_000

/** Of all tabs of a user one tells, and none tells of what one of them shows. */
export function createNotifying(
  kit: Pick<ChatKitContext, 'userId' | 'pinia' | 'dispatch' | 'locale' | 'clock'>,
  { notifier, tabs }: Platform,
  name: string,
  onScreen: OnScreen,
  options: NotificationOptions = {},
): Notifying {
  const { hasPopups = false, hasSound = false, hasBadge = false, countsMuted = false } = options
  const conversations = useConversationStore(kit.pinia)
  const receipts = useReceiptStore(kit.pinia)
  const titleOf = createTitleReader(kit)
  const { shownProfile } = createProfileReader(kit)
  const permit = shallowRef<NotificationPermit>(hasPopups ? (notifier?.permission() ?? 'none') : 'none')
  const listeners = new Set<(id: ConversationId) => void>()
  const shown = shallowReactive(new Map<ConversationId, Note>())
  const waiting = new Map<ConversationId, Note>()
  /** Shown by another tab a moment ago: it may have heard before this one does. */
  const seenOfLate = new Map<ConversationId, Stop>()
  let rungAt = -Infinity
  const isOn = notifier !== undefined && (hasPopups || hasSound)
  let isTeller = false
  const letGo = isOn ? (tabs?.hold(`${name}:notify`, () => (isTeller = true)) ?? alone()) : () => {}
  const line = isOn ? tabs?.open(`${name}:seen`, hearSeen) : undefined
  const scope = effectScope(true)

  function alone(): Stop {
    isTeller = true
    return () => {}
  }

  /** It stands on a page that is looked at. */
  function hearSeen(id: unknown): void {
    if (typeof id !== 'string') return
    endWait(id)
    takeBack(id)
    seenOfLate.get(id)?.()
    seenOfLate.set(
      id,
      kit.clock.after(WAITS_MS, () => seenOfLate.delete(id)),
    )
  }

  function endWait(id: ConversationId): void {
    waiting.get(id)?.stop()
    waiting.delete(id)
  }

  function takeBack(id: ConversationId): void {
    shown.get(id)?.stop()
    shown.delete(id)
  }

  function isRead(message: Message): boolean {
    return isCovered(receipts.marksById.get(message.conversationId)?.get(kit.userId)?.read, message)
  }

  function wait(message: Message): void {
    const { conversationId, senderId } = message
    // By the time it is told the names have come, where they come quickly.
    kit.dispatch({ type: 'loadProfiles', ids: [senderId] }).catch(() => {})
    const begun = waiting.get(conversationId)
    // The newest is told, and when the first of them is due: else whoever goes on writing is never heard of.
    const stop = begun?.stop ?? kit.clock.after(WAITS_MS, () => endOfWait(conversationId))
    waiting.set(conversationId, { message, stop })
  }

  function endOfWait(id: ConversationId): void {
    const message = waiting.get(id)?.message
    waiting.delete(id)
    if (message && isTeller && !isRead(message)) tell(message)
  }

  function ring(): void {
    const now = kit.clock.now()
    // A clock that is set back must not silence it.
    if (now >= rungAt && now - rungAt < RINGS_EVERY_MS) return
    rungAt = now
    notifier?.ring()
  }

  function tell(message: Message): void {
    const { conversationId } = message
    if (hasSound) ring()
    if (!hasPopups || notifier?.permission() !== 'granted') return
    const conversation = conversations.byId.get(conversationId)
    const note = noteOf(
      createTranslator(kit.locale.value),
      message,
      {
        title: titleOf(conversationId),
        isDirect: conversation?.kind !== 'group',
        nameOf: (id) => shownProfile(id, snapshotOf(message, id), conversation?.groupId).name,
      },
      options.content ?? 'words',
    )
    takeBack(conversationId)
    const stop = notifier.show({ name: `${name}:${conversationId}`, ...note }, () => {
      takeBack(conversationId)
      listeners.forEach((listener) => listener(conversationId))
    })
    shown.set(conversationId, { message, stop })
  }

  scope.run(() => {
    if (hasBadge && notifier) {
      watch(
        () => unreadTotal(conversations.byId.values(), countsMuted),
        (count) => notifier.setBadge(count),
        { immediate: true },
      )
    }
    // What is read anywhere needs no notification any more.
    watch(
      () => [...shown.keys()].filter((id) => conversations.byId.get(id)?.unreadCount === 0),
      (ids) => ids.forEach(takeBack),
    )
  })

  return {
    permit,
    async ask() {
      if (hasPopups && notifier) permit.value = await notifier.ask()
    },
    onOpen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hear(messages) {
      if (!isOn) return
      for (const message of messages) {
        const id = message.conversationId
        const conversation = conversations.byId.get(id)
        const hearsMentions = options.hearsMentions ?? true
        if (!isHeard(message, { ownId: kit.userId, conversation, hearsMentions })) continue
        if (onScreen.has(id) && notifier.isLookedAt()) line?.post(id)
        else if (!seenOfLate.has(id)) wait(message)
      }
    },
    forget(changes) {
      for (const { kind, ref } of changes) {
        if (kind !== 'recalled' && kind !== 'removed') continue
        const id = ref.conversationId
        if (isMeant(waiting.get(id), ref.keys)) endWait(id)
        if (isMeant(shown.get(id), ref.keys)) takeBack(id)
      }
    },
    stop() {
      scope.stop()
      letGo()
      line?.close()
      waiting.forEach(({ stop }) => stop())
      seenOfLate.forEach((stop) => stop())
      shown.forEach(({ stop }) => stop())
      listeners.clear()
      if (hasBadge) notifier?.setBadge(0)
    },
  }
}

function isMeant(note: Note | undefined, keys: readonly string[]): boolean {
  return note?.message.keys.some((key) => keys.includes(key)) ?? false
}

/** What the message itself says of whoever has written it. */
function snapshotOf({ senderId, senderName }: Message, id: UserId): { readonly name?: string } {
  return id === senderId && senderName !== undefined ? { name: senderName } : {}
}
