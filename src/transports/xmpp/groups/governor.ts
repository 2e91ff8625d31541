import type { GroupsFacet } from '../../../core/ports'
import type { UserId } from '../../../model'
import { inParallel, toEach } from '../people/batch'
import { refusals, stanzaError } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Me, Wire } from '../wire/wire'
import type { GroupBook } from './groupBook'
import type { Guard } from './guard'
import type { Invitations } from './invitations'
import { occupantsOf, rules, selfIn, setAffiliation, setRoleOf } from './roomAdmin'
import { configureRoom } from './roomConfig'

/** What ruling over people works with. */
export interface GovernorSetup {
  readonly wire: Wire
  readonly rooms: Rooms
  readonly book: GroupBook
  readonly guard: Guard
  readonly invitations: Invitations
}
/** What may be done to people in rooms, in the ways that hold on the servers there are. */
export interface Governor {
  invite(
    me: Me,
    room: BareJid,
    userIds: readonly UserId[],
    wording?: string,
  ): ReturnType<NonNullable<GroupsFacet['invite']>>
  /** To be done before anybody is muted. */
  makeMutesCount(room: BareJid): Promise<void>
  /** To be done before anybody is let go or banned. */
  makeRemovalsCount(room: BareJid): Promise<void>
  setVoice(room: BareJid, jid: BareJid, isMuted: boolean): Promise<'done'>
  kick(room: BareJid, jid: BareJid, reason: string | undefined): Promise<'done'>
}

/** Rules in the name of whoever is signed in. */
export function createGovernor({ wire, rooms, book, guard, invitations }: GovernorSetup): Governor {
  async function invite(
    me: Me,
    room: BareJid,
    userIds: readonly UserId[],
    wording?: string,
  ): ReturnType<NonNullable<GroupsFacet['invite']>> {
    const isRuler = rules(selfIn(rooms.get(room)))
    return toEach(me, userIds, async (jid) => {
      if (jid === me.bare) throw refusals.alreadyMember()
      // Who is asked by a ruler is a member from now on, whether he comes or not.
      if (isRuler && occupantsOf(rooms, room, jid).length === 0)
        await setAffiliation(wire, room, jid, 'member')
      const id = invitations.send(room, jid, wording)
      // The room answers in turn: a refusal comes before the answer to what is asked after it.
      await book.look(room)
      const refusal = invitations.refusalOf(id)
      if (refusal) throw stanzaError(refusal)
      return 'pending'
    })
  }

  /** Only a moderated room of ejabberd keeps those without a voice from speaking. */
  async function makeMutesCount(room: BareJid): Promise<void> {
    const { features } = await book.look(room)
    if (features.has('muc_moderated') || !features.has(NS.roomSubscriptions)) return
    await configureRoom(wire, room, { isModerated: true })
  }

  /** A closed moderated room of ejabberd lets back in whom it has let go: where nobody is muted it need not be one. */
  async function makeRemovalsCount(room: BareJid): Promise<void> {
    const isClosed = rooms.featuresOf(room).has('muc_membersonly')
    const joined = rooms.get(room)
    if (!isClosed || selfIn(joined)?.affiliation !== 'owner') return
    if ([...(joined?.occupantsByNick.values() ?? [])].some(({ role }) => role === 'visitor')) return
    const { features } = await book.look(room)
    if (!features.has('muc_moderated') || !features.has(NS.roomSubscriptions)) return
    await configureRoom(wire, room, { isModerated: false })
  }

  async function setVoice(room: BareJid, jid: BareJid, isMuted: boolean): Promise<'done'> {
    const present = occupantsOf(rooms, room, jid)
    if (present.length === 0) throw refusals.notPresent()
    // Before, so that the room's own word of it is not taken for somebody else's doing.
    guard.setMuted(room, jid, isMuted)
    await inParallel(present, ({ nick }) => setRoleOf(wire, room, nick, isMuted ? 'visitor' : 'participant'))
    return 'done'
  }

  async function kick(room: BareJid, jid: BareJid, reason: string | undefined): Promise<'done'> {
    const present = occupantsOf(rooms, room, jid)
    const isClosed = rooms.featuresOf(room).has('muc_membersonly')
    const isListed = present.length === 0 || present.some(({ affiliation }) => affiliation !== 'none')
    if (isListed) await setAffiliation(wire, room, jid, 'none', reason)
    // A closed room lets go by itself of who is no longer a member.
    if (!isClosed) await inParallel(present, ({ nick }) => setRoleOf(wire, room, nick, 'none', reason))
    return 'done'
  }

  return { invite, makeMutesCount, makeRemovalsCount, setVoice, kick }
}
