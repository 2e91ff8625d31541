import type { ConversationId } from '../../../model'
import { refusals } from '../refusals'
import type { BareJid } from '../wire/jid'
import { addressOf } from '../wire/names'
import type { ConversationAddress } from '../wire/names'
import type { Me } from '../wire/wire'

/** A conversation, and where its archive is. */
export interface Place extends ConversationAddress {
  readonly id: ConversationId
  /** The room whose archive it is; one's own when undefined. */
  readonly room: BareJid | undefined
}

/** The place of a conversation; rejects an id that none has. */
export function placeOf(conversationId: unknown): Place {
  const address = addressOf(conversationId)
  if (!address) throw refusals.noSuchConversation()
  return {
    ...address,
    id: conversationId as string,
    room: address.kind === 'group' ? address.jid : undefined,
  }
}

/** A cursor of this session over one conversation. */
export function makeCursor(me: Me, id: ConversationId, at: string): string {
  return `${me.sessionId}|${id}|${at}`
}

/** Where a cursor stands; refuses one of another session or conversation. */
export function readCursor(me: Me, id: ConversationId, cursor: unknown): string {
  const prefix = `${me.sessionId}|${id}|`
  if (typeof cursor !== 'string' || !cursor.startsWith(prefix)) throw refusals.oldCursor()
  return cursor.slice(prefix.length)
}
