import type { GroupsFacet } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { Group, GroupId, UserId } from '../../../model'
import type { Conversations } from '../conversations/conversations'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'
import type { Governor } from './governor'
import type { GroupBook } from './groupBook'
import type { GroupChanges } from './groupChanges'
import { configureRoom, wishesOf } from './roomConfig'
import type { Subjects } from './subject'

type NewGroup = Parameters<GroupsFacet['create']>[0]
type Made = Awaited<ReturnType<GroupsFacet['create']>>

/** What making groups works with. */
export interface MakerSetup {
  readonly wire: Wire
  readonly rooms: Rooms
  readonly conversations: Conversations
  readonly book: GroupBook
  readonly subjects: Subjects
  readonly changes: GroupChanges
  readonly governor: Governor
}
/** Makes rooms and keeps them. */
export interface Maker {
  make(me: Me, group: NewGroup, memberIds: readonly UserId[]): Promise<Made>
  /** Keeps a room for all devices of the account. */
  keep(room: BareJid, group: Group): Promise<void>
}

const TYPES: readonly unknown[] = ['work', 'public', 'live']
const MADE = '201'

/** A group is made in several steps; where one of them fails, all are undone. */
export function createMaker({ wire, rooms, conversations, ...others }: MakerSetup): Maker {
  const { book, subjects, changes, governor } = others

  function addressFor(id: GroupId | undefined): BareJid {
    const service = wire.disco.serviceWith(NS.rooms)
    if (!service) throw refusals.notOffered('the server has no rooms')
    const name = id ?? wire.ids.next().slice(0, 16)
    const jid = parseJid(name.includes('@') ? name : `${name}@${service.jid}`)
    if (!jid || jid.local === '' || jid.resource !== undefined || jid.domain !== service.jid) {
      throw refusals.invalid(`'${name}' is no id for a group`)
    }
    return jid.bare
  }

  async function isThere(room: BareJid): Promise<boolean> {
    try {
      await book.look(room)
      return true
    } catch (error) {
      if (toChatError(error).code === 'item-not-found') return false
      throw error
    }
  }

  /** Enters a room that is not there, which makes it. */
  async function open(room: BareJid): Promise<void> {
    // To enter first would show oneself to strangers.
    if (rooms.get(room) || (await isThere(room))) throw refusals.groupExists()
    let isMade = false
    const stop = rooms.watch(({ jid }, presence) => {
      const codes = elementsOf(elementOf(presence, 'x', NS.roomsUser), 'status')
      isMade ||= jid === room && codes.some((status) => attrOf(status, 'code') === MADE)
    })
    try {
      await rooms.join(room)
    } finally {
      stop()
    }
    if (isMade) return
    rooms.leave(room)
    throw refusals.groupExists()
  }

  async function keep(room: BareJid, { type, name }: Group): Promise<void> {
    // A live room is left with the session.
    if (type === 'live') return
    const nick = rooms.get(room)?.nick
    const named = { ...(name !== undefined && { name }), ...(nick !== undefined && { nick }) }
    await conversations.bookmarks.save({ room, ...named, isEntered: true })
  }

  async function furnish(me: Me, room: BareJid, group: NewGroup): Promise<Group> {
    await configureRoom(wire, room, wishesOf(group.type, group))
    await conversations.enter(room)
    if (group.avatar) await changes.setAvatar(room, group.avatar)
    if (group.announcement) await subjects.set(room, group.announcement)
    const made = await book.describe(me, room)
    if (!made) throw refusals.noSuchGroup()
    await keep(room, made)
    return made
  }

  async function undo(room: BareJid): Promise<void> {
    const payload = xml('query', { xmlns: NS.roomsOwner }, xml('destroy'))
    await wire.request({ type: 'set', to: room, payload }).catch(() => undefined)
    conversations.exit(room)
    await conversations.bookmarks.remove(room).catch(() => undefined)
  }

  return {
    async make(me, group, memberIds) {
      const isSound = typeof group === 'object' && group !== null && TYPES.includes(group.type)
      if (!isSound || !Array.isArray(memberIds)) throw refusals.invalid('no such group can be made')
      if (group.joining === 'approval' || group.inviting === 'approval') throw refusals.unsupported()
      const room = addressFor(group.id)
      await open(room)
      try {
        const made = await furnish(me, room, group)
        const others = (memberIds as readonly UserId[]).filter((id) => id !== me.userId)
        return { group: made, members: await governor.invite(me, room, others) }
      } catch (error) {
        await undo(room)
        throw error
      }
    },
    keep,
  }
}
