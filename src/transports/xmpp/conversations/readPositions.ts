import type { ConversationId, MessageOrder, Receipt } from '../../../model'
import type { MessageRef } from '../../../model'
import { archiveIdIn, archiveKey } from '../messages/keys'
import type { Place } from '../messages/place'
import type { Rooms } from '../rooms/rooms'
import { bareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { directId, roomId } from '../wire/names'
import { fetchItems, publishPrivately, readPepEvent } from '../wire/pep'
import type { PepItem } from '../wire/pep'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import type { Unread } from './unread'

type ReadReceipt = Extract<Receipt, { kind: 'upTo' }>

/** How far one has read, the same on all one's devices (XEP-0490). */
export interface ReadPositions {
  readonly area: Area
  /** False where the message has no name that other devices know it by. */
  publish(me: Me, place: Place, upTo: MessageRef): Promise<boolean>
}

/** Tells the positions at sign-in and whenever another device moves one. */
export function createReadPositions(wire: Wire, rooms: Rooms, unread: Unread): ReadPositions {
  function tell(items: readonly PepItem[]): void {
    const me = wire.me()
    const receipts = me ? items.flatMap((item) => receiptOf(item, me, rooms) ?? []) : []
    const counts = receipts.flatMap(({ point }) => ('message' in point ? unread.readUpTo(point.message) : []))
    if (receipts.length > 0) wire.emit({ type: 'receipt.received', receipts }, ...counts)
  }

  function hear(stanza: Xml): boolean {
    const from = bareJid(attrOf(stanza, 'from'))
    const event = from === undefined ? undefined : readPepEvent(stanza, from)
    if (event?.node !== NS.displayed) return false
    if (event.from === wire.me()?.bare) tell(event.items)
    else wire.reject('read positions of somebody else')
    return true
  }

  return {
    area: {
      onMessage: hear,
      onSignIn: async () => tell(await fetchItems(wire, NS.displayed)),
    },
    async publish(me, place, upTo) {
      const id = archiveIdIn(upTo.keys)
      if (id === undefined) return false
      const by = place.room ?? me.bare
      const { order } = upTo
      // The id alone says nothing to a device that has not read so far; the place beside it does.
      const where = order && xml('at', { xmlns: NS.parley, major: String(order.major), minor: order.minor })
      const payload = xml(
        'displayed',
        { xmlns: NS.displayed },
        xml('stanza-id', { xmlns: NS.ids, by, id }),
        where,
      )
      await publishPrivately(wire, NS.displayed, place.jid, payload)
      return true
    },
  }
}

function receiptOf({ id, payload }: PepItem, me: Me, rooms: Rooms): ReadReceipt | undefined {
  const jid = bareJid(id)
  const stanzaId = elementOf(payload, 'stanza-id', NS.ids)
  const archiveId = attrOf(stanzaId, 'id')
  const by = bareJid(attrOf(stanzaId, 'by'))
  if (jid === undefined || archiveId === undefined) return undefined
  const isRoom = by === jid || (by !== me.bare && rooms.isRoom(jid))
  const conversationId: ConversationId = isRoom ? roomId(jid) : directId(jid)
  const order = placeIn(payload)
  const message = {
    conversationId,
    keys: [archiveKey(archiveId)],
    ...(order && { order, sentAt: order.major }),
  }
  return { kind: 'upTo', conversationId, userId: me.userId, state: 'read', point: { message } }
}

function placeIn(payload: Xml): MessageOrder | undefined {
  const at = elementOf(payload, 'at', NS.parley)
  const major = Number(attrOf(at, 'major') ?? NaN)
  const minor = attrOf(at, 'minor')
  return Number.isFinite(major) ? { major, ...(minor !== undefined && { minor }) } : undefined
}
