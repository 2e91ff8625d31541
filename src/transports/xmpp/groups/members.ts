import type { MemberQuery } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { Member, UserId } from '../../../model'
import { refusals } from '../refusals'
import type { Occupant, Rooms } from '../rooms/rooms'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import type { Me, Wire } from '../wire/wire'
import { listAffiliation } from './roomAdmin'

const RANK = { owner: 0, admin: 1, member: 2 } as const
/** Without the lists there are still those who are in the room. */
const HIDDEN: readonly unknown[] = ['forbidden', 'not-allowed', 'registration-required', 'not-acceptable']

/** Who somebody in a room is, and what he may do there. */
export function memberOf(me: Me, room: BareJid, occupant: Occupant): Member {
  const { jid, nick, affiliation, role } = occupant
  const nameCard = nameCardOf(occupant)
  return {
    userId: jid === undefined ? `${room}/${nick}` : me.names.userIdOf(jid),
    role: affiliation === 'owner' || affiliation === 'admin' ? affiliation : 'member',
    ...(nameCard !== undefined && { nameCard }),
    ...(role === 'visitor' && { mutedUntil: 'forever' as const }),
  }
}

/** A nickname is a name card only where it is not what everybody is given at the door. */
function nameCardOf({ jid, nick }: Occupant): string | undefined {
  if (jid === undefined) return nick
  const given = parseJid(jid)?.local
  return nick.replace(/_+$/, '').toLowerCase() === given ? undefined : nick
}

/** The members: everybody on the lists that may be seen, and whoever is in the room. */
export async function listMembers(
  wire: Wire,
  rooms: Rooms,
  me: Me,
  room: BareJid,
  query: MemberQuery,
): Promise<readonly Member[]> {
  if (query.only === 'banned') {
    const banned = await listAffiliation(wire, room, 'outcast')
    return banned.map((jid) => ({ userId: me.names.userIdOf(jid), role: 'member' }))
  }
  const present = occupants(rooms, me, room)
  const membersById = new Map<UserId, Member>()
  if (query.only !== 'online' && query.only !== 'muted') {
    for (const member of await listed(wire, me, room, present.length > 0)) {
      membersById.set(member.userId, member)
    }
  }
  for (const member of present) membersById.set(member.userId, member)
  return [...membersById.values()]
    .filter((member) => isWanted(member, query))
    .sort((a, b) => RANK[a.role] - RANK[b.role])
}

async function listed(wire: Wire, me: Me, room: BareJid, isInside: boolean): Promise<readonly Member[]> {
  const roles = ['owner', 'admin', 'member'] as const
  let refused = 0
  const lists = await Promise.all(
    roles.map(async (role): Promise<readonly Member[]> => {
      try {
        const jids = await listAffiliation(wire, room, role)
        return jids.map((jid) => ({ userId: me.names.userIdOf(jid), role }))
      } catch (thrown) {
        const error = toChatError(thrown)
        if (error.code === 'item-not-found') throw refusals.noSuchGroup()
        if (!HIDDEN.includes(error.code)) throw error
        refused += 1
        return []
      }
    }),
  )
  if (refused === roles.length && !isInside) throw refusals.notAMember()
  return lists.flat()
}

/** Everybody in the room, each person once: who has a voice on one device has one. */
function occupants(rooms: Rooms, me: Me, room: BareJid): readonly Member[] {
  const byId = new Map<UserId, Member>()
  const joined = rooms.get(room)
  for (const occupant of joined?.isJoined ? joined.occupantsByNick.values() : []) {
    const member = memberOf(me, room, occupant)
    const known = byId.get(member.userId)
    if (!known || known.mutedUntil !== undefined) byId.set(member.userId, member)
  }
  return [...byId.values()]
}

function isWanted(member: Member, { only, ids, text }: MemberQuery): boolean {
  if (only === 'admins' && member.role === 'member') return false
  if (only === 'muted' && member.mutedUntil === undefined) return false
  if (ids && !ids.includes(member.userId)) return false
  const wanted = text?.trim().toLowerCase() ?? ''
  return [member.userId, member.nameCard ?? ''].some((one) => one.toLowerCase().includes(wanted))
}
