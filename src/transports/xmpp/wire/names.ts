import type { ConversationId, GroupId, UserId } from '../../../model'
import { parseJid } from './jid'
import type { BareJid } from './jid'

/** How addresses of the wire are called in the kit, and back. */
export interface Names {
  /** A person's id. */
  userIdOf(jid: BareJid): UserId
  /** The address behind a person's id; undefined where it cannot be one. */
  jidOfUser(userId: unknown): BareJid | undefined
  /** The address behind a group's id: always that of its room. */
  jidOfGroup(groupId: unknown): BareJid | undefined
}
/** What a conversation's id says. */
export interface ConversationAddress {
  readonly kind: 'direct' | 'group'
  readonly jid: BareJid
}

/**
 * Who signs in as `alice` calls the people of the same server by their first part alone; who signs in as
 * `alice@chat.test` calls everybody by the whole address.
 */
export function createNames(domain: string, isShort: boolean): Names {
  const ending = `@${domain}`
  return {
    userIdOf: (jid) => (isShort && jid.endsWith(ending) ? jid.slice(0, -ending.length) : jid),
    jidOfUser(userId) {
      if (typeof userId !== 'string') return undefined
      const jid = parseJid(userId.includes('@') ? userId : `${userId}${ending}`)
      return jid && jid.local !== '' && jid.resource === undefined ? jid.bare : undefined
    },
    jidOfGroup: (groupId) => roomAddress(groupId),
  }
}

/** The conversation with a person. */
export function directId(jid: BareJid): ConversationId {
  return `user:${jid}`
}

/** The conversation of a room. */
export function roomId(jid: BareJid): ConversationId {
  return `room:${jid}`
}

/** The group of a room. */
export function groupIdOf(jid: BareJid): GroupId {
  return jid
}

/** Whom a conversation is with; undefined for an id that none has. */
export function addressOf(conversationId: unknown): ConversationAddress | undefined {
  if (typeof conversationId !== 'string') return undefined
  const kind = conversationId.startsWith('user:')
    ? 'direct'
    : conversationId.startsWith('room:')
      ? 'group'
      : undefined
  const jid = roomAddress(conversationId.slice(5))
  return kind && jid !== undefined && jid === conversationId.slice(5) ? { kind, jid } : undefined
}

function roomAddress(text: unknown): BareJid | undefined {
  const jid = typeof text === 'string' ? parseJid(text) : undefined
  return jid && jid.local !== '' && jid.resource === undefined ? jid.bare : undefined
}
