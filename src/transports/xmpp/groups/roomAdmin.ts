import { refusals } from '../refusals'
import type { Occupant, Room, Rooms } from '../rooms/rooms'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'

/** What somebody lastingly is to a room. */
export type Affiliation = 'owner' | 'admin' | 'member' | 'outcast' | 'none'
/** Everybody who is lastingly something to the room. */
export type Affiliations = ReadonlyMap<BareJid, Affiliation>

const AFFILIATIONS: readonly string[] = ['owner', 'admin', 'member', 'outcast']

/** The affiliation as a room writes it. */
export function readAffiliation(text: string | undefined): Affiliation {
  return text !== undefined && AFFILIATIONS.includes(text) ? (text as Affiliation) : 'none'
}

/** One's own place in a room one is in. */
export function selfIn(room: Room | undefined): Occupant | undefined {
  return room?.isJoined ? room.occupantsByNick.get(room.nick) : undefined
}

/** Whether somebody of this affiliation rules over others. */
export function rules(occupant: Occupant | undefined): boolean {
  return occupant?.affiliation === 'owner' || occupant?.affiliation === 'admin'
}

/** Everybody of one affiliation. */
export async function listAffiliation(
  wire: Wire,
  room: BareJid,
  affiliation: Affiliation,
): Promise<readonly BareJid[]> {
  const payload = xml('query', { xmlns: NS.roomsAdmin }, xml('item', { affiliation }))
  const answer = await wire.request({ type: 'get', to: room, payload })
  const items = elementsOf(elementOf(answer, 'query', NS.roomsAdmin), 'item', NS.roomsAdmin)
  return [...new Set(items.flatMap((item) => bareJid(attrOf(item, 'jid')) ?? []))]
}

/** Makes somebody lastingly something; one person a call, because Prosody does only the first. */
export async function setAffiliation(
  wire: Wire,
  room: BareJid,
  jid: BareJid,
  affiliation: Affiliation,
  reason?: string,
): Promise<void> {
  await administer(wire, room, { jid, affiliation }, reason)
}

/** Changes what somebody who is there may do as long as he is there. */
export async function setRoleOf(
  wire: Wire,
  room: BareJid,
  nick: string,
  role: 'none' | 'visitor' | 'participant',
  reason?: string,
): Promise<void> {
  await administer(wire, room, { nick, role }, reason)
}

async function administer(
  wire: Wire,
  room: BareJid,
  attrs: Readonly<Record<string, string>>,
  reason: string | undefined,
): Promise<void> {
  const item = xml('item', attrs, reason ? xml('reason', {}, reason) : undefined)
  await wire.request({ type: 'set', to: room, payload: xml('query', { xmlns: NS.roomsAdmin }, item) })
}

/** All that somebody is in a room at this moment: one for each device of his. */
export function occupantsOf(rooms: Rooms, room: BareJid, jid: BareJid): readonly Occupant[] {
  return [...(rooms.get(room)?.occupantsByNick.values() ?? [])].filter((occupant) => occupant.jid === jid)
}

/** The room one is in; throws where one is not. */
export function joinedRoom(rooms: Rooms, room: BareJid): Room {
  const joined = rooms.get(room)
  if (!joined?.isJoined) throw refusals.notAMember()
  return joined
}
