import type { GroupsFacet } from '../../../core/ports'
import type { Group, GroupId } from '../../../model'
import type { Conversations } from '../conversations/conversations'
import type { Intake } from '../messages/intake'
import { inParallel, toEach } from '../people/batch'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import { bareJid, parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { groupIdOf, roomId } from '../wire/names'
import { asUser } from '../wire/wire'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'
import { createGroupBook } from './groupBook'
import { createGovernor } from './governor'
import { createGroupChanges } from './groupChanges'
import { createGuard } from './guard'
import { createInvitations } from './invitations'
import { createMaker } from './makeGroup'
import { listMembers } from './members'
import { joinedRoom, listAffiliation, rules, selfIn, setAffiliation } from './roomAdmin'
import { occupantCount } from './roomInfo'
import { createRoomNews } from './roomNews'
import { createSubjects } from './subject'
import { groupVerdict } from './verdict'

/** What groups work with. */
export interface GroupsSetup {
  readonly wire: Wire
  readonly rooms: Rooms
  readonly intake: Intake
  readonly conversations: Conversations
}
/** Groups are rooms (XEP-0045): `before` sees messages before they become part of a conversation, `after` what is left. */
export interface Groups {
  readonly before: Area
  readonly after: Area
}

const MOST_FOUND = 50

/** The rooms of the account, and the server's others. */
export function createGroups({ wire, rooms, intake, conversations }: GroupsSetup): Groups {
  const { bookmarks } = conversations
  const book = createGroupBook(wire, rooms, bookmarks)
  const guard = createGuard(wire)
  const invitations = createInvitations(wire, rooms, bookmarks)
  intake.overhear(invitations.hearArchived)
  const news = createRoomNews({
    wire,
    rooms,
    book,
    onEntered: invitations.entered,
    onOccupant: (room, occupant, isNew) =>
      guard.onOccupant(room, occupant, isNew, rooms.featuresOf(room.jid).has('muc_membersonly')),
    onGone: letGo,
  })
  const subjects = createSubjects(wire, news)
  const changes = createGroupChanges(wire, rooms, subjects)
  const governor = createGovernor({ wire, rooms, book, guard, invitations })
  const maker = createMaker({ wire, rooms, conversations, book, subjects, changes, governor })

  /** Nobody comes back into such a room by himself, so it must not be tried at every sign-in. */
  function letGo(room: BareJid): void {
    conversations.exit(room)
    if (bookmarks.get(room)) void bookmarks.remove(room).catch(() => undefined)
  }

  function roomOf(me: Me, groupId: unknown): BareJid {
    const room = me.names.jidOfGroup(groupId)
    if (room === undefined) throw refusals.noSuchGroup()
    return room
  }

  /** Does something with a room one is in. */
  const inside = <R>(groupId: GroupId, work: (room: BareJid, me: Me) => Promise<R>): Promise<R> =>
    asUser(wire, async (me) => {
      const room = roomOf(me, groupId)
      joinedRoom(rooms, room)
      return work(room, me)
    })

  /** Does something that only rulers may: not all servers refuse it where it would change nothing. */
  const ruling = <R>(groupId: GroupId, work: (room: BareJid, me: Me) => Promise<R>): Promise<R> =>
    inside(groupId, async (room, me) => {
      if (!rules(selfIn(rooms.get(room)))) throw refusals.notByRole()
      return work(room, me)
    })

  async function describeAll(me: Me, jids: readonly BareJid[]): Promise<readonly Group[]> {
    const groups = await inParallel(jids, (jid) => book.describe(me, jid))
    return groups.filter((group): group is Group => group !== undefined)
  }

  async function enter(me: Me, room: BareJid): Promise<void> {
    const group = await book.describe(me, room)
    if (!group || group.state === 'dissolved') throw refusals.noSuchGroup()
    await conversations.enter(room)
    await maker.keep(room, group)
  }

  async function quit(room: BareJid): Promise<void> {
    conversations.exit(room)
    if (bookmarks.get(room)) await bookmarks.remove(room)
    wire.emit(
      { type: 'group.changed', groups: [{ id: groupIdOf(room), state: 'not-joined', me: null }] },
      { type: 'conversation.removed', ids: [roomId(room)], withHistory: false },
      { type: 'abilities.changed', scope: { groupId: groupIdOf(room) } },
    )
  }

  async function findGroups(me: Me, text: string): Promise<readonly Group[]> {
    const service = wire.disco.serviceWith(NS.rooms)
    if (!service) throw refusals.notOffered('the server has no rooms')
    const payload = xml('query', { xmlns: NS.discoItems })
    const answer = await wire.request({ type: 'get', to: service.jid, payload })
    const wanted = text.trim().toLowerCase()
    const items = elementsOf(elementOf(answer, 'query', NS.discoItems), 'item')
    const found = items.flatMap((item) => {
      const jid = bareJid(attrOf(item, 'jid'))
      const name = attrOf(item, 'name') ?? ''
      const isIt = [name, jid ?? ''].some((one) => one.toLowerCase().includes(wanted))
      return jid !== undefined && parseJid(jid)?.domain === service.jid && isIt ? [jid] : []
    })
    return describeAll(me, found.slice(0, MOST_FOUND))
  }

  const facet: GroupsFacet = {
    types: ['work', 'public', 'live'],
    mutes: 'untimed',
    list: () =>
      asUser(wire, async (me) => {
        const kept = bookmarks.all().flatMap(({ room, isEntered }) => (isEntered ? [room] : []))
        const jids = new Set([...kept, ...rooms.all().map(({ jid }) => jid)])
        return { items: await describeAll(me, [...jids]) }
      }),
    fetch: (ids) =>
      asUser(wire, async (me) => {
        if (!Array.isArray(ids)) throw refusals.invalid('a list of groups is needed')
        const jids = (ids as readonly unknown[]).flatMap((id) => me.names.jidOfGroup(id) ?? [])
        return describeAll(me, [...new Set(jids)])
      }),
    members: (groupId, query) =>
      asUser(wire, async (me) => ({
        items: await listMembers(wire, rooms, me, roomOf(me, groupId), query ?? {}),
      })),
    create: (group, memberIds) => asUser(wire, (me) => maker.make(me, group, memberIds)),
    join: (groupId) =>
      asUser(wire, async (me): Promise<'joined'> => {
        await enter(me, roomOf(me, groupId))
        return 'joined'
      }),
    quit: (groupId) =>
      asUser(wire, async (me) => {
        const room = roomOf(me, groupId)
        if (!rooms.get(room) && !bookmarks.get(room)) throw refusals.notAMember()
        await quit(room)
      }),
    invite: (groupId, userIds, wording) =>
      inside(groupId, (room, me) => governor.invite(me, room, userIds, wording)),
    dissolve: (groupId) =>
      inside(groupId, async (room) => {
        const payload = xml('query', { xmlns: NS.roomsOwner }, xml('destroy'))
        await wire.request({ type: 'set', to: room, payload })
      }),
    transfer: (groupId, toId) =>
      inside(groupId, async (room, me) => {
        const jid = me.names.jidOfUser(toId)
        if (jid === undefined || jid === me.bare) throw refusals.badUserId()
        await setAffiliation(wire, room, jid, 'owner')
        await setAffiliation(wire, room, me.bare, 'member')
        wire.emit({ type: 'group.changed', groups: [{ id: groupIdOf(room), ownerId: toId }] })
      }),
    update: (patch) => inside(patch?.id, (room) => changes.update(room, patch)),
    setRole: (groupId, userIds, role) =>
      ruling(groupId, (room, me) => {
        if (role !== 'admin' && role !== 'member') throw refusals.invalid('no such role')
        return toEach(me, userIds, async (jid) => {
          await setAffiliation(wire, room, jid, role)
          return 'done'
        })
      }),
    setMuted: (groupId, userIds, until) =>
      ruling(groupId, async (room, me) => {
        checkUntil(until)
        if (until !== null) await governor.makeMutesCount(room)
        return toEach(me, userIds, (jid) => governor.setVoice(room, jid, until !== null))
      }),
    kick: (groupId, userIds, reason) =>
      ruling(groupId, async (room, me) => {
        await governor.makeRemovalsCount(room)
        return toEach(me, userIds, (jid) => governor.kick(room, jid, reason))
      }),
    bans: 'untimed',
    setBanned: (groupId, userIds, until, reason) =>
      ruling(groupId, async (room, me) => {
        checkUntil(until)
        if (until !== null) await governor.makeRemovalsCount(room)
        const outcasts = until === null ? await listAffiliation(wire, room, 'outcast') : []
        return toEach(me, userIds, async (jid) => {
          if (until === null && !outcasts.includes(jid)) return 'done'
          await setAffiliation(wire, room, jid, until === null ? 'none' : 'outcast', reason)
          return 'done'
        })
      }),
    applications: () => asUser(wire, async () => ({ items: invitations.all() })),
    answer: (applicationId, verdict, wording) =>
      asUser(wire, async (me) => {
        const invitation = invitations.find(applicationId)
        if (verdict === 'refuse') return invitations.settle(invitation, 'refused', wording)
        if (verdict !== 'accept') throw refusals.invalid('no such verdict')
        await enter(me, invitation.room)
        invitations.settle(invitation, 'accepted')
      }),
    onlineCount: (groupId) =>
      asUser(wire, async (me) => {
        const room = roomOf(me, groupId)
        const joined = rooms.get(room)
        if (joined?.isJoined) return joined.occupantsByNick.size
        const count = occupantCount(await book.look(room))
        if (count === undefined) throw refusals.notOffered('the room does not count')
        return count
      }),
    findGroups: (text) =>
      asUser(wire, async (me) => {
        if (typeof text !== 'string') throw refusals.invalid('a text is needed')
        return { items: await findGroups(me, text) }
      }),
  }

  return {
    before: {
      ...invitations.area,
      onMessage: (stanza) => subjects.hearRefusal(stanza) || invitations.area.onMessage?.(stanza) === true,
    },
    after: {
      ...news.area,
      facets: { groups: facet },
      onEnd() {
        news.area.onEnd?.()
        guard.forget()
      },
      verdict: (ability, scope) => groupVerdict({ wire, rooms, bookmarks }, ability, scope),
    },
  }
}

/** Rooms know mutes and bans without an end alone. */
function checkUntil(until: unknown): void {
  if (until === null || until === 'forever') return
  throw typeof until === 'number' ? refusals.unsupported() : refusals.invalid('no such end')
}
