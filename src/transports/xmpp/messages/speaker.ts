import type { ConversationId, EpochMs, UserId } from '../../../model'
import type { Stamp } from '../archive/stamps'
import { parseJid } from '../wire/jid'
import type { BareJid, Jid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { directId, roomId } from '../wire/names'
import type { Me } from '../wire/wire'
import { attrOf, elementOf, elementsOf } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** A message stanza, and how it came here. */
export interface Heard {
  readonly stanza: Xml
  /** When the server says it was. */
  readonly stamp?: Stamp
  /** Its id in one's own archive or in the room's. */
  readonly archiveId?: string
  /** The room's own archive says who spoke; in the open anybody could. */
  readonly isFromArchive?: boolean
}
/** What reading a stanza needs to know. */
export interface World {
  readonly me: Me
  readonly nowAt: EpochMs
  isRoom(jid: BareJid): boolean
  /** Whether the room shows who its people are. */
  isOpen(room: BareJid): boolean
  senderOf(room: BareJid, nick: string, occupantId?: string): UserId
}
/** Whose stanza it is, and in which conversation. */
export interface Speaker {
  readonly conversationId: ConversationId
  readonly kind: 'direct' | 'group'
  /** The other person, or the room. */
  readonly jid: BareJid
  readonly senderId: UserId
  readonly isMine: boolean
  /** What the sender is called in the room. */
  readonly senderName?: string
  /** What the room calls whoever has this name, where nothing else says who it is: names pass from one to another (XEP-0421). */
  readonly mark?: string
}

/** Whose stanza it is; undefined where it belongs to no conversation. */
export function speakerOf({ stanza, isFromArchive }: Heard, world: World): Speaker | undefined {
  const from = parseJid(attrOf(stanza, 'from') ?? world.me.bare)
  const to = parseJid(attrOf(stanza, 'to') ?? world.me.bare)
  if (!from || !to) return undefined
  return attrOf(stanza, 'type') === 'groupchat'
    ? speakerInRoom(stanza, from, world, isFromArchive === true)
    : speakerToMe(from, to, world)
}

function speakerInRoom(stanza: Xml, { bare, resource }: Jid, world: World, isFromArchive: boolean): Speaker {
  const conversationId = roomId(bare)
  const common = { conversationId, kind: 'group' as const, jid: bare }
  if (resource === undefined) return { ...common, senderId: bare, isMine: false }
  const real = isFromArchive && world.isOpen(bare) ? signedBy(stanza) : undefined
  const occupantId = attrOf(elementsOf(stanza, 'occupant-id', NS.occupant).at(-1), 'id')
  const senderId =
    real === undefined ? world.senderOf(bare, resource, occupantId) : world.me.names.userIdOf(real)
  const isNameOnly = senderId === `${bare}/${resource}`
  return {
    ...common,
    senderId,
    isMine: senderId === world.me.userId,
    senderName: resource,
    ...(isNameOnly && occupantId !== undefined && { mark: occupantId }),
  }
}

/**
 * Who the room's archive says it was. What the room adds stands behind what the sender wrote, so an earlier note is the
 * sender's own invention.
 */
function signedBy(stanza: Xml): BareJid | undefined {
  const elements = elementsOf(stanza)
  const isNote = (one: Xml) => one.name === 'x' && one.ns === NS.roomsUser
  const note = elements.findLastIndex(isNote)
  const mark = elements.findLastIndex((one) => one.name === 'occupant-id' && one.ns === NS.occupant)
  return note < mark ? undefined : parseJid(attrOf(elementOf(elements[note], 'item'), 'jid'))?.bare
}

function speakerToMe(from: Jid, to: Jid, world: World): Speaker | undefined {
  const { me } = world
  const isMine = from.bare === me.bare
  const other = isMine ? to : from
  if (!isMine && to.bare !== me.bare) return undefined
  // A room's own words, and whispers in it, are no conversation with a person.
  if (other.local === '' || world.isRoom(other.bare)) return undefined
  const senderId = me.names.userIdOf(from.bare)
  return { conversationId: directId(other.bare), kind: 'direct', jid: other.bare, senderId, isMine }
}
