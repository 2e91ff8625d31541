import type { GroupApplication, RequestState } from '../../../model'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import { parseJid } from '../wire/jid'
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
const MOST_REFUSALS = 50
const LONGEST_WORDING = 1_000

/** No invitations yet. */
export function createInvitations(wire: Wire, rooms: Rooms): Invitations {
  const byRoom = new Map<BareJid, Invitation>()
  const refusalById = new Map<string, Xml>()

  function hear(stanza: Xml): boolean {
    const from = parseJid(attrOf(stanza, 'from'))
    if (!from || from.local === '' || attrOf(stanza, 'type') === 'groupchat') return false
    if (attrOf(stanza, 'type') === 'error') return hearError(from.bare, stanza)
    const extra = elementOf(stanza, 'x', NS.roomsUser)
    const mediated = elementOf(extra, 'invite', NS.roomsUser)
    // Only the room itself has no name behind its address: anybody in it could play its part.
    if (mediated && from.resource === undefined) {
      take(from.bare, parseJid(attrOf(mediated, 'from'))?.bare, textOf(elementOf(mediated, 'reason')), true)
      return true
    }
    // Somebody has said no, which changes nothing here.
    if (elementOf(extra, 'decline', NS.roomsUser)) return true
    const direct = elementOf(stanza, 'x', NS.roomInvite)
    const room = parseJid(attrOf(direct, 'jid'))
    if (!direct || !room || room.local === '' || room.resource !== undefined) return false
    take(room.bare, from.bare, attrOf(direct, 'reason') ?? '', false)
    return elementOf(stanza, 'body') === undefined
  }

  function hearError(from: BareJid, stanza: Xml): boolean {
    const isInvitation = elementOf(elementOf(stanza, 'x', NS.roomsUser), 'invite', NS.roomsUser) !== undefined
    const id = attrOf(stanza, 'id')
    if (!isInvitation && !(id?.startsWith('invite-') && rooms.get(from))) return false
    if (id !== undefined && refusalById.size < MOST_REFUSALS) refusalById.set(id, stanza)
    return true
  }

  function take(room: BareJid, by: BareJid | undefined, reason: string, isByRoom: boolean): void {
    if (rooms.get(room)?.isJoined || byRoom.get(room)?.isByRoom) return
    if (byRoom.size >= MOST_INVITATIONS && !byRoom.has(room)) return wire.reject('too many invitations')
    const wording = reason.slice(0, LONGEST_WORDING)
    const invitation: Invitation = {
      id: `invitation:${room}`,
      room,
      ...(by !== undefined && { byId: by }),
      ...(wording !== '' && { wording }),
      isByRoom,
    }
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
        refusalById.clear()
      },
    },
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
