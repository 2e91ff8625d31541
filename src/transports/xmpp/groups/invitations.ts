import type { GroupApplication, RequestState } from '../../../model'
import type { Bookmarks } from '../conversations/bookmarks'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import { bareJid, parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { groupIdOf } from '../wire/names'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** An invitation to a room: the room hands it on, or the inviter sends it himself. */
export interface Invitation {
  readonly id: string
  readonly room: BareJid
  readonly byId?: BareJid
  readonly wording?: string
  readonly isByRoom: boolean
}
/** The rooms one is invited to. */
export interface Invitations {
  readonly area: Area
  /** Hears what came while one was not there: Prosody puts it in the archive and nowhere else. */
  hearArchived(stanza: Xml): void
  all(): readonly GroupApplication[]
  /** Throws where there is none such. */
  find(applicationId: unknown): Invitation
  settle(invitation: Invitation, state: RequestState, wording?: string): void
  /** Asks somebody into a room. */
  send(room: BareJid, jid: BareJid, wording: string | undefined): string
  /** Why the room did not hand an invitation on; undefined where it has said nothing. */
  refusalOf(stanzaId: string): Xml | undefined
  /** One is in the room: nothing is left to be answered. */
  entered(room: BareJid): void
}

const MOST_INVITATIONS = 200
/** Else one person could keep all others from being heard. */
const MOST_BY_ONE = 20
const MOST_REFUSALS = 50
const LONGEST_WORDING = 1_000

/** No invitations yet. */
export function createInvitations(wire: Wire, rooms: Rooms, bookmarks: Bookmarks): Invitations {
  const byRoom = new Map<BareJid, Invitation>()
  const refusalById = new Map<string, Xml>()

  /** What was heard as it came, and is still to be met in the archive. */
  const heard = new Set<string>()

  function hear(stanza: Xml): boolean {
    if (attrOf(stanza, 'type') === 'error') return hearError(stanza)
    const found = readInvitation(stanza)
    if (found && heard.size < MOST_INVITATIONS) heard.add(keyOf(found))
    if (found) take(found)
    // Somebody has said no, which changes nothing here.
    const isDecline = elementOf(elementOf(stanza, 'x', NS.roomsUser), 'decline', NS.roomsUser) !== undefined
    return isDecline || (found !== undefined && (found.isByRoom || elementOf(stanza, 'body') === undefined))
  }

  function hearArchived(stanza: Xml): void {
    const found = readInvitation(stanza)
    if (found && !heard.delete(keyOf(found))) take(found)
  }

  function hearError(stanza: Xml): boolean {
    const id = attrOf(stanza, 'id')
    const room = bareJid(attrOf(stanza, 'from'))
    if (!id?.startsWith('invite-') || room === undefined || !rooms.get(room)) return false
    if (refusalById.size < MOST_REFUSALS) refusalById.set(id, stanza)
    return true
  }

  function take(invitation: Invitation): void {
    const { room, byId } = invitation
    const isIn = rooms.get(room)?.isJoined === true || bookmarks.get(room)?.isEntered === true
    if (isIn || byRoom.get(room)?.isByRoom || byId === wire.me()?.bare) return
    const ofOne = [...byRoom.values()].filter((other) => other.byId === byId).length
    const isTooMany = byRoom.size >= MOST_INVITATIONS || ofOne >= MOST_BY_ONE
    if (isTooMany && !byRoom.has(room)) return wire.reject('too many invitations')
    byRoom.set(room, invitation)
    tell(invitation, 'pending')
  }

  function applicationOf(invitation: Invitation, state: RequestState): readonly GroupApplication[] {
    const me = wire.me()
    if (!me) return []
    const { id, room, byId, wording } = invitation
    return [
      {
        id,
        groupId: groupIdOf(room),
        userId: me.userId,
        kind: 'invites-me',
        state,
        ...(byId !== undefined && { byId: me.names.userIdOf(byId) }),
        ...(wording !== undefined && { wording }),
      },
    ]
  }

  function tell(invitation: Invitation, state: RequestState): void {
    const applications = applicationOf(invitation, state)
    if (applications.length > 0) wire.emit({ type: 'application.changed', applications })
  }

  return {
    area: {
      onMessage: hear,
      onEnd() {
        byRoom.clear()
        heard.clear()
        refusalById.clear()
      },
    },
    hearArchived,
    all: () => [...byRoom.values()].flatMap((invitation) => applicationOf(invitation, 'pending')),
    find(applicationId) {
      const found = [...byRoom.values()].find(({ id }) => id === applicationId)
      if (!found) throw refusals.noSuchRequest()
      return found
    },
    settle(invitation, state, wording) {
      const { room, byId, isByRoom } = invitation
      if (state === 'refused' && isByRoom && byId !== undefined) {
        const decline = xml('decline', { to: byId }, wording ? xml('reason', {}, wording) : undefined)
        wire.send(xml('message', { to: room }, xml('x', { xmlns: NS.roomsUser }, decline)))
      }
      if (byRoom.delete(room)) tell(invitation, state)
    },
    send(room, jid, wording) {
      const id = `invite-${wire.ids.next()}`
      const invite = xml('invite', { to: jid }, wording ? xml('reason', {}, wording) : undefined)
      wire.send(xml('message', { to: room, id }, xml('x', { xmlns: NS.roomsUser }, invite)))
      return id
    },
    refusalOf(stanzaId) {
      const refusal = refusalById.get(stanzaId)
      refusalById.delete(stanzaId)
      return refusal
    },
    entered(room) {
      const invitation = byRoom.get(room)
      if (!invitation) return
      byRoom.delete(room)
      tell(invitation, 'accepted')
    },
  }
}

/** Reads an invitation, whoever brings it; undefined where it is none, or to nothing that can be a room. */
function readInvitation(stanza: Xml): Invitation | undefined {
  const from = parseJid(attrOf(stanza, 'from'))
  const type = attrOf(stanza, 'type')
  if (!from || from.local === '' || type === 'groupchat' || type === 'error') return undefined
  const mediated = elementOf(elementOf(stanza, 'x', NS.roomsUser), 'invite', NS.roomsUser)
  // Only the room itself has no name behind its address: anybody in it could play its part.
  if (mediated && from.resource === undefined) {
    const by = bareJid(attrOf(mediated, 'from'))
    return invitation(from.bare, by, textOf(elementOf(mediated, 'reason')), true)
  }
  const direct = elementOf(stanza, 'x', NS.roomInvite)
  const room = parseJid(attrOf(direct, 'jid'))
  if (!direct || !room || room.local === '' || room.resource !== undefined) return undefined
  return invitation(room.bare, from.bare, attrOf(direct, 'reason') ?? '', false)
}

function invitation(room: BareJid, byId: BareJid | undefined, reason: string, isByRoom: boolean): Invitation {
  const wording = reason.slice(0, LONGEST_WORDING)
  return {
    id: `invitation:${room}`,
    room,
    ...(byId !== undefined && { byId }),
    ...(wording !== '' && { wording }),
    isByRoom,
  }
}

function keyOf({ room, byId, wording, isByRoom }: Invitation): string {
  return [room, byId, wording, isByRoom].join('\n')
}
