import type { Conversation } from '../../../model'
import type { BareJid } from '../wire/jid'
import { directId, groupIdOf, roomId } from '../wire/names'
import type { Me } from '../wire/wire'

/** A conversation with a person, as far as its address tells. */
export function directConversation(me: Me, jid: BareJid): Conversation {
  return { id: directId(jid), kind: 'direct', peerId: me.names.userIdOf(jid) }
}

/** The conversation of a room, as far as its address tells. */
export function roomConversation(jid: BareJid): Conversation {
  return { id: roomId(jid), kind: 'group', groupId: groupIdOf(jid) }
}
