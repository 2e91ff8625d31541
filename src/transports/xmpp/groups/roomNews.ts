import type { Group, Member, Patch, TransportEvent } from '../../../model'
import type { Occupant, Room, Rooms } from '../rooms/rooms'
import { bareJid, parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { groupIdOf } from '../wire/names'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, textOf } from '../wire/xml'
import type { Xml } from '../wire/xml'
import type { GroupBook } from './groupBook'
import { memberOf } from './members'
import { readAffiliation, selfIn } from './roomAdmin'

/** What telling news of rooms needs. */
export interface RoomNewsSetup {
  readonly wire: Wire
  readonly rooms: Rooms
  readonly book: GroupBook
  /** One is in a room. */
  onEntered(room: BareJid): void
  /** Somebody has come in or may do something else than before. */
  onOccupant(room: Room, occupant: Occupant, isNew: boolean): void
  /** The room is no more, or one is no longer in it and does not come back by oneself. */
  onGone(room: BareJid): void
}
/** Tells what happens in rooms. */
export interface RoomNews {
  readonly area: Area
  /** Waits until the room has told its subject once more; undefined where it refuses. */
  onSubject(listener: (room: BareJid, text: string) => void): () => void
}

/** One's being in a room, from entering it to leaving it. */
interface Stay {
  readonly room: Room
  readonly occupantsByNick: Map<string, Occupant>
}

type How = Extract<TransportEvent, { type: 'member.removed' }>['how']

const CONFIG_CODES: readonly unknown[] = ['104', '170', '171', '172', '173', '174']
/** The room has let somebody go for a reason of the machine, not of a person. */
const MACHINE_CODES: readonly unknown[] = ['332', '333']

/** Hears the rooms one is in. */
export function createRoomNews(setup: RoomNewsSetup): RoomNews {
  const { wire, rooms, book } = setup
  /** Who is known to be in which room, by nickname: of a room that is being entered nothing is told yet. */
  const stays = new Map<BareJid, Stay>()
  const subjectListeners = new Set<(room: BareJid, text: string) => void>()
  /** Rooms that are being asked, and whether they have changed once more since. */
  const changedSinceByRoom = new Map<BareJid, boolean>()

  rooms.watch((room, presence) => {
    const me = wire.me()
    const nick = parseJid(attrOf(presence, 'from'))?.resource
    const type = attrOf(presence, 'type')
    if (!me || nick === undefined || type === 'error') return
    if (type === 'unavailable') takeGoodbye(me, room, nick, presence)
    else if (room.isJoined) takeOccupant(me, room, nick)
  })

  function takeOccupant(me: Me, room: Room, nick: string): void {
    const stay = stays.get(room.jid)
    if (stay?.room !== room) return takeEntrance(me, room)
    const occupant = room.occupantsByNick.get(nick)
    if (!occupant) return
    const before = stay.occupantsByNick.get(nick)
    stay.occupantsByNick.set(nick, occupant)
    const isSame = before?.affiliation === occupant.affiliation && before.role === occupant.role
    if (isSame && before.jid === occupant.jid) return
    tellMembers(room.jid, [memberPatch(me, room.jid, occupant)])
    if (nick === room.nick) tellSelf(me, room)
    setup.onOccupant(room, occupant, before === undefined)
  }

  function takeEntrance(me: Me, room: Room): void {
    stays.set(room.jid, { room, occupantsByNick: new Map(room.occupantsByNick) })
    const all = [...room.occupantsByNick.values()]
    setup.onEntered(room.jid)
    tellGroup({ id: groupIdOf(room.jid), state: 'joined' })
    tellSelf(me, room)
    tellMembers(
      room.jid,
      all.map((occupant) => memberPatch(me, room.jid, occupant)),
    )
    all.forEach((occupant) => setup.onOccupant(room, occupant, true))
  }

  function takeGoodbye(me: Me, room: Room, nick: string, presence: Xml): void {
    const seen = stays.get(room.jid)?.occupantsByNick
    const occupant = seen?.get(nick)
    const extra = elementOf(presence, 'x', NS.roomsUser)
    const codes = elementsOf(extra, 'status').map((status) => attrOf(status, 'code'))
    seen?.delete(nick)
    if (codes.includes('303')) return occupant && tellNameless(me, room, occupant)
    const isSelf = nick === room.nick && rooms.get(room.jid) !== room
    const isDestroyed = elementOf(extra, 'destroy', NS.roomsUser) !== undefined
    if (isSelf && isDestroyed) return takeEnd(room.jid, 'dissolved')
    const item = elementOf(extra, 'item', NS.roomsUser)
    const affiliation = readAffiliation(attrOf(item, 'affiliation'))
    const how = howGone(codes)
    if (isSelf) {
      stays.delete(room.jid)
      if (how === 'quit') return
      tellRemoved(me, room.jid, me.bare, how, actorOf(me, room, item))
      // Who is thrown out of a room he still belongs to may come back.
      return affiliation === 'none' || affiliation === 'outcast' ? takeEnd(room.jid, 'not-joined') : undefined
    }
    const jid = occupant?.jid ?? bareJid(attrOf(item, 'jid'))
    if (occupant && jid === undefined) return tellNameless(me, room, occupant)
    const isElsewhere = [...room.occupantsByNick.values()].some((one) => one.jid === jid)
    // A member who goes offline stays a member; whoever has a second device in the room stays in it.
    const isOver = affiliation === 'none' || affiliation === 'outcast'
    if (!isOver || isElsewhere || jid === undefined) return
    tellRemoved(me, room.jid, jid, how, actorOf(me, room, item))
  }

  /** Who is known by a name alone is nobody without it, and who takes it up is another. */
  function tellNameless(me: Me, room: Room, occupant: Occupant): void {
    if (occupant.jid !== undefined) return
    const userIds = [memberOf(me, room.jid, occupant).userId]
    wire.emit({ type: 'member.removed', groupId: groupIdOf(room.jid), userIds, how: 'quit' })
  }

  function takeEnd(room: BareJid, state: 'dissolved' | 'not-joined'): void {
    stays.delete(room)
    tellGroup({ id: groupIdOf(room), state, me: null })
    wire.emit({ type: 'abilities.changed', scope: { groupId: groupIdOf(room) } })
    setup.onGone(room)
  }

  /** A room that was left, here or on another of one's devices, says goodbye. */
  function hearLeft(presence: Xml): boolean {
    const from = parseJid(attrOf(presence, 'from'))
    const stay = from && stays.get(from.bare)
    const isGoodbye = attrOf(presence, 'type') === 'unavailable' && from?.resource === stay?.room.nick
    if (!stay || !isGoodbye || rooms.get(stay.room.jid)) return false
    takeEnd(stay.room.jid, 'not-joined')
    return true
  }

  function hear(stanza: Xml): boolean {
    const from = parseJid(attrOf(stanza, 'from'))
    const room = from && rooms.get(from.bare)
    const me = wire.me()
    if (!me || !from || !room || attrOf(stanza, 'type') === 'error') return false
    const subject = subjectIn(stanza)
    if (subject && attrOf(stanza, 'type') === 'groupchat') {
      takeSubject(room.jid, textOf(subject))
      return true
    }
    // What the room itself says has no name behind its address.
    const extra = from.resource === undefined ? elementOf(stanza, 'x', NS.roomsUser) : undefined
    if (!extra) return false
    const codes = elementsOf(extra, 'status').map((status) => attrOf(status, 'code'))
    if (codes.some((code) => CONFIG_CODES.includes(code))) void lookAgain(room.jid)
    elementsOf(extra, 'item', NS.roomsUser).forEach((item) => takeAffiliation(me, room, item))
    return true
  }

  function takeSubject(room: BareJid, text: string): void {
    book.setAnnouncement(room, text)
    tellGroup({ id: groupIdOf(room), announcement: text === '' ? null : text })
    subjectListeners.forEach((listener) => listener(room, text))
  }

  /** Somebody who is not in the room has become something else to it. */
  function takeAffiliation(me: Me, room: Room, item: Xml): void {
    const jid = bareJid(attrOf(item, 'jid'))
    const affiliation = attrOf(item, 'affiliation')
    const isPresent = [...room.occupantsByNick.values()].some((one) => one.jid === jid)
    if (jid === undefined || affiliation === undefined || isPresent) return
    const now = readAffiliation(affiliation)
    if (now === 'none' || now === 'outcast') {
      return tellRemoved(me, room.jid, jid, now === 'outcast' ? 'banned' : 'kicked', actorOf(me, room, item))
    }
    tellMembers(room.jid, [{ userId: me.names.userIdOf(jid), role: now }])
  }

  async function lookAgain(room: BareJid): Promise<void> {
    const isAsked = changedSinceByRoom.has(room)
    changedSinceByRoom.set(room, isAsked)
    if (isAsked) return
    await look(room)
    const hasChanged = changedSinceByRoom.get(room) === true
    changedSinceByRoom.delete(room)
    if (hasChanged) await lookAgain(room)
  }

  async function look(room: BareJid): Promise<void> {
    const me = wire.me()
    if (!me) return
    try {
      await rooms.learn(room)
      const group = await book.describe(me, room)
      if (!group) return
      const { name = null, intro = null, avatar = null, ...others } = group
      tellGroup({ ...others, name, intro, avatar })
      wire.emit({ type: 'abilities.changed', scope: { groupId: group.id } })
    } catch {
      // It is asked for when somebody looks at it next.
    }
  }

  function tellGroup(patch: Patch<Group, 'id'>): void {
    wire.emit({ type: 'group.changed', groups: [patch] })
  }

  function tellSelf(me: Me, room: Room): void {
    const self = selfIn(room)
    if (!self) return
    tellGroup({ id: groupIdOf(room.jid), me: memberOf(me, room.jid, self) })
    wire.emit({ type: 'abilities.changed', scope: { groupId: groupIdOf(room.jid) } })
  }

  function tellMembers(room: BareJid, members: readonly Patch<Member, 'userId'>[]): void {
    wire.emit({ type: 'member.changed', groupId: groupIdOf(room), members })
  }

  function tellRemoved(me: Me, room: BareJid, jid: BareJid, how: How, by: BareJid | undefined): void {
    const byId = by === undefined ? {} : { byId: me.names.userIdOf(by) }
    const userIds = [me.names.userIdOf(jid)]
    wire.emit({ type: 'member.removed', groupId: groupIdOf(room), userIds, how, ...byId })
  }

  return {
    area: {
      onMessage: hear,
      onPresence: hearLeft,
      onStreamLost: () => stays.clear(),
      onEnd() {
        stays.clear()
        book.forget()
      },
    },
    onSubject(listener) {
      subjectListeners.add(listener)
      return () => void subjectListeners.delete(listener)
    },
  }
}

/**
 * The new subject a message sets. Rooms let only some change it, and take for a change what has neither a body nor a thread:
 * everything else that has a subject is a message of anybody.
 */
function subjectIn(stanza: Xml): Xml | undefined {
  const isMessage = ['body', 'thread'].some((name) => elementOf(stanza, name, stanza.ns))
  return isMessage ? undefined : elementOf(stanza, 'subject', stanza.ns)
}

function howGone(codes: readonly (string | undefined)[]): How {
  if (codes.includes('301')) return 'banned'
  if (codes.some((code) => MACHINE_CODES.includes(code))) return 'quit'
  return codes.some((code) => code === '307' || code === '321' || code === '322') ? 'kicked' : 'quit'
}

/** Who did it, where the room says so. */
function actorOf(me: Me, room: Room, item: Xml | undefined): BareJid | undefined {
  const actor = elementOf(item, 'actor')
  const jid = bareJid(attrOf(actor, 'jid'))
  const nick = attrOf(actor, 'nick')
  if (jid !== undefined || nick === undefined) return jid
  return nick === room.nick ? me.bare : room.occupantsByNick.get(nick)?.jid
}

function memberPatch(me: Me, room: BareJid, occupant: Occupant): Patch<Member, 'userId'> {
  const { userId, role, nameCard = null, mutedUntil = null } = memberOf(me, room, occupant)
  return { userId, role, nameCard, mutedUntil }
}
