import { effectScope, shallowReactive, shallowRef, watch } from 'vue'
import { createProfileReader, createTitleReader } from '../../composables'
import type { ChatKitContext, KitNotifications } from '../../composables'
import { isHeard, unreadTotal } from '../../core/notify'
import type { NotificationPermit, Platform } from '../../core/ports'
import { isCovered } from '../../core/receipts'
import { createTranslator } from '../../i18n'
import type { ConversationId, Message, Stop, UserId } from '../../model'
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
  stop: Stop
}

/** Another tab that shows the message says so sooner, and so does a device that reads it at once. */
const WAITS_MS = 600

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
  const shown = shallowReactive(new Map<ConversationId, Stop>())
  const waiting = new Map<ConversationId, Stop>()
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
    waiting.get(id)?.()
    waiting.delete(id)
    takeBack(id)
  }

  function takeBack(id: ConversationId): void {
    shown.get(id)?.()
    shown.delete(id)
  }

  function isRead(message: Message): boolean {
    return isCovered(receipts.marksById.get(message.conversationId)?.get(kit.userId)?.read, message)
  }

  function wait(message: Message): void {
    const { conversationId, senderId } = message
    waiting.get(conversationId)?.()
    // By the time it is told the names have come, where they come quickly.
    kit.dispatch({ type: 'loadProfiles', ids: [senderId] }).catch(() => {})
    const stop = kit.clock.after(WAITS_MS, () => {
      waiting.delete(conversationId)
      if (isTeller && !isRead(message)) tell(message)
    })
    waiting.set(conversationId, stop)
  }

  function tell(message: Message): void {
    const { conversationId } = message
    if (hasSound) notifier?.ring()
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
    shown.set(conversationId, stop)
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
        else wait(message)
      }
    },
    stop() {
      scope.stop()
      letGo()
      line?.close()
      waiting.forEach((stop) => stop())
      shown.forEach((stop) => stop())
      listeners.clear()
      if (hasBadge) notifier?.setBadge(0)
    },
  }
}

/** What the message itself says of whoever has written it. */
function snapshotOf({ senderId, senderName }: Message, id: UserId): { readonly name?: string } {
  return id === senderId && senderName !== undefined ? { name: senderName } : {}
}
