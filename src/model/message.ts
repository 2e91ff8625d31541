import type { Notice } from './group'
import type { ConversationId, EpochMs, UserId } from './id'
import type { Json, Texts } from './json'
import type { Media } from './media'

/**
 * One name of a message, unique in its conversation; two messages sharing a key are one (D2). Issued by the server (a
 * sequence only with the incarnation), or `client:<authenticated sender>:<clientId>`: nobody can name another's message.
 */
export type MessageKey = string
/** By `major`, then `minor` (code units). Equal: as a page listed them, else as they arrived. Absent: not placed yet, at the tail (D7). */
export interface MessageOrder {
  readonly major: number
  readonly minor?: string
}
/** How calls and changes name a message, enough to find it after a reload. It may list candidates: any key fits. */
export interface MessageRef {
  readonly conversationId: ConversationId
  readonly keys: readonly MessageKey[]
  readonly order?: MessageOrder
  readonly sentAt?: EpochMs
  readonly senderId?: UserId
}
/** One element of a message. Text is raw, LF only, well-formed, no control characters but tab and LF (B1, B2). */
export type Part =
  /** `growth`: more of it is still being written and comes by edits ('going'), or came so ('done'): that is no correction. */
  | { readonly kind: 'text'; readonly text: string; readonly growth?: 'going' | 'done' }
  | Media
  | { readonly kind: 'face'; readonly index?: number; readonly key?: string }
  | {
      readonly kind: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly label?: string
    }
  /** A call that has ended; its sender began it. */
  | {
      readonly kind: 'call'
      readonly media: 'audio' | 'video'
      readonly outcome: 'answered' | 'missed' | 'declined' | 'cancelled' | 'busy'
      readonly durationMs?: number
    }
  | { readonly kind: 'card'; readonly of: 'user' | 'group'; readonly id: string }
  | {
      readonly kind: 'merged'
      readonly title: string
      readonly abstracts: readonly string[]
      readonly items?: readonly Message[]
    }
  | { readonly kind: 'custom'; readonly type: string; readonly data: Json; readonly fallback?: string }
  | Notice
  | { readonly kind: 'unsupported'; readonly wireKind: string; readonly fallback?: string }
/** The word that tells the kinds of parts apart. */
export type PartKind = Part['kind']
/** The people a message points at. */
export interface Mentions {
  readonly userIds: readonly UserId[]
  readonly isAll: boolean
}
/** What goes first where a backend cannot carry everything: the lowest is dropped first, the highest never (C11). */
export type Priority = 'high' | 'normal' | 'low' | 'lowest'
/** A name by which a text points at somebody. */
export interface MentionName {
  /** Without the sign before it. */
  readonly name: string
  /** Whom it means; absent: everybody. */
  readonly userId?: UserId
}
/** What sender and receiver share; some backends fix the `has...` flags when the message is made, so they stand here. */
export interface MessageBody {
  readonly parts: readonly Part[]
  readonly mentions?: Mentions
  readonly replyTo?: { readonly ref: MessageRef; readonly abstract: string }
  /** 'uncounted': stored, not unread; 'online-only': never stored (C9). */
  readonly delivery: 'stored' | 'uncounted' | 'online-only'
  readonly priority?: Priority
  readonly hasReceipts?: boolean
  readonly hasExtensions?: boolean
  /** Hidden until it is opened, and so long afterwards gone for whoever opened it (C8). */
  readonly burnAfterMs?: number
  readonly data?: Json
}
/** `clientId` travels on the wire, so that any end can give it back; `forwardOf` passes media on without an upload (C5). */
export interface OutgoingMessage extends MessageBody {
  readonly conversationId: ConversationId
  readonly clientId: string
  readonly forwardOf?: MessageRef
}
/** A message as last known; no parts: not loaded yet, `find` loads it. `senderName` and `senderAvatar` are the wire's snapshot. */
export interface Message extends MessageBody, MessageRef {
  readonly sentAt: EpochMs
  readonly senderId: UserId
  readonly senderName?: string
  readonly senderAvatar?: string
  /** Grows with each edit; the higher wins whatever the order of arrival. */
  readonly revision?: number
  readonly recalled?: { readonly byId?: UserId; readonly at?: EpochMs; readonly reason?: string }
  /** Absent says nothing; where all were taken back the list is empty. */
  readonly reactions?: readonly ReactionTotal[]
  readonly extensions?: Texts
  /** When this user first opened what it holds: heard the voice, uncovered what burns (C3, C8). Kept on this machine. */
  readonly openedAt?: EpochMs
}
/** What names a message, without what it says. */
export function refOf({ conversationId, keys, order, sentAt, senderId }: MessageRef): MessageRef {
  return {
    conversationId,
    keys,
    ...(order && { order }),
    ...(sentAt !== undefined && { sentAt }),
    ...(senderId !== undefined && { senderId }),
  }
}

/** One reaction of a message, counted. */
export interface ReactionTotal {
  readonly key: string
  readonly count: number
  readonly isMine?: boolean
  readonly someIds: readonly UserId[]
}

/**
 * The key under which the sender's own name for a message travels; `senderId` must be the authenticated sender. Colons in
 * the id are escaped, so that no user can make a key of another.
 */
export function clientKey(senderId: UserId, clientId: string): MessageKey {
  return `${clientKeyPrefix(senderId)}${clientId}`
}

/** True for a key of the form `clientKey` makes, whoever the sender is. */
export function isClientKey(key: MessageKey): boolean {
  return key.startsWith('client:')
}

/** True for a key that only this sender's messages may carry. */
export function isClientKeyOf(key: MessageKey, senderId: UserId): boolean {
  return key.startsWith(clientKeyPrefix(senderId))
}

function clientKeyPrefix(senderId: UserId): string {
  return `client:${senderId.replaceAll('%', '%25').replaceAll(':', '%3A')}:`
}
