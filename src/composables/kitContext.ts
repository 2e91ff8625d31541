import { inject, provide } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { LogEntry } from '../core/log'
import type { Ability, Clock, NotificationPermit, Platform, FilePurpose } from '../core/ports'
import type { Locale } from '../i18n'
import type { Pinia } from '../stores'
import type {
  AbilityScope,
  ChatErrorShape,
  ImageOptions,
  ConversationId,
  Dispatch,
  GroupType,
  Limits,
  Media,
  Message,
  Notice,
  OutboxItem,
  Stop,
  UserId,
  Verdict,
} from '../model'

/** Words of an app for errors: it alone knows what a code of its own server says. */
export type ErrorText = (error: ChatErrorShape, locale: Locale) => string | undefined

/** How the groups of a backend are. */
export interface GroupTraits {
  /** Those that can be made there. */
  readonly types: readonly GroupType[]
  /** Whether a mute can have an end; absent where nobody can be muted. */
  readonly mutes?: 'timed' | 'untimed'
  /** Whether a ban can have an end; absent where nobody can be banned. */
  readonly bans?: 'timed' | 'untimed'
}

/** What an app can do for its readers with what a message says; each absent one is not offered (E11). */
export interface MessageAssistance {
  /** A text in the reader's language; `to` is its tag, such as `zh-CN`. */
  translate?(text: string, to: string, message: Message): Promise<string>
  /** What a voice says, in words. */
  transcribe?(voice: Media, message: Message): Promise<string>
}

/** What composables and components know of the kit they live in. */
export interface ChatKitContext {
  /** The user this kit is signed in as. */
  readonly userId: UserId
  /** Where the stores of this kit live. */
  readonly pinia: Pinia
  /** The one way out: everything the interface wants goes through it. */
  readonly dispatch: Dispatch
  /** The language shown; assign another one to switch at once. */
  readonly locale: ShallowRef<Locale>
  /** The app's own words for an error, before those of the kit; undefined where it has none (K5). */
  readonly errorText?: ErrorText
  /** The app's own translator and stenographer. Absent: neither is offered. */
  readonly assistance?: MessageAssistance
  /** What a moment allows: 'yes', 'try', or the very error the call would give. Reactive. */
  readonly can: (ability: Ability, scope?: AbilityScope) => Verdict
  /** The backend's limits. Reactive. */
  readonly limits: (scope?: AbilityScope) => Limits
  /** How the backend's groups are. Absent: nothing is known of them. */
  readonly groupTraits?: () => GroupTraits
  /** What can be uploaded at the backend. Absent: nothing. */
  readonly filePurposes?: () => readonly FilePurpose[]
  /** The device's clock. */
  readonly clock: Clock
  /** The machine the kit runs on. */
  readonly platform: Platform
  /** How pictures are made smaller before they leave. Absent: they leave as they are. */
  readonly images?: ImageOptions
  /** The times after which a message may burn, once opened. Absent: none is offered to burn. */
  readonly burnTimesMs?: readonly number[]
  /** Notices that nobody is to read. Absent: all are shown. */
  readonly hiddenNotices?: readonly Notice['about'][]
  /** Signs in, or signs in once more on a person's wish. Absent: only the app can. */
  connect?(): void
  /**
   * Resolves when the session is online, at once where it is.
   * @throws ChatError where signing in ends otherwise: refused, banned, kicked, without valid
   * credentials, or because the kit ends.
   */
  online(): Promise<void>
  /** Ends the connection; what is shown stays, and `connect` goes on. */
  disconnect(): Promise<void>
  /** Ends the kit for good, and forgets on this machine whatever was kept of this user (A10, A12). */
  signOut(): Promise<void>
  /**
   * Hears every message of somebody else as it comes in, once, muted conversations included; never history or what was missed while
   * there was no connection. Each tab of a user hears for itself.
   */
  onMessage(listener: (message: Message) => void): Stop
  /** Absent: nobody is told of anything while the page is not looked at. */
  readonly notifications?: KitNotifications
  /** What only the kit itself can tell about itself. Absent: diagnostics say "not known" there. */
  readonly facts?: KitFacts
}

/** The notifications of a kit. */
export interface KitNotifications {
  /** What the person has said to them. */
  readonly permit: Readonly<ShallowRef<NotificationPermit>>
  /** Asks the person, in answer to a click. */
  ask(): Promise<void>
  /** Hears which conversation a notification was clicked of. */
  onOpen(listener: (id: ConversationId) => void): Stop
}

/** What diagnostics ask the kit, beyond its stores. */
export interface KitFacts {
  /** Which backend it is: the transport's id. */
  readonly transportId: string
  /** The app at the backend: the transport's scope. */
  readonly scope: string
  /** Whether anybody hears the transport's events. */
  hasListener(): boolean
  /** Every command that has not ended, in the order given. */
  outboxItems?(): Promise<readonly OutboxItem[]>
  /** Where messages are kept on this machine. */
  cacheKind?(): 'opening' | 'indexeddb' | 'memory'
  /** How many rows each table on this machine holds. */
  cacheSize?(): Promise<Readonly<Record<string, number>>>
  /** The abilities the transport has methods for. */
  abilities?(): readonly Ability[]
  /** What developers were told of late. */
  logEntries?(): readonly LogEntry[]
}

/** Under this key a kit provides itself to an app or a subtree. */
export const chatKitKey: InjectionKey<ChatKitContext> = Symbol('parley')

/** Gives a kit to everything below the calling component, so that several kits can live on one page. */
export function provideChatKit(kit: ChatKitContext): void {
  provide(chatKitKey, kit)
}

/**
 * The kit of the surrounding app or `ChatKitProvider`.
 * @throws Error where there is none, saying how to give one.
 */
export function useChatKit(): ChatKitContext {
  const kit = inject(chatKitKey, undefined)
  if (!kit) {
    throw new Error(
      'Parley: no chat kit here. Call app.use(createChatKit({ transport, userId })) or wrap the component in <ChatKitProvider :kit="kit">.',
    )
  }
  return kit
}
