import type { ConversationsFacet } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { Conversation, MessageRef } from '../../../model'
import type { Archive } from '../archive/archive'
import type { Intake } from '../messages/intake'
import { displayedStanza } from '../messages/outgoing'
import { placeOf } from '../messages/place'
import type { Place } from '../messages/place'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import type { BareJid } from '../wire/jid'
import { roomId } from '../wire/names'
import { asUser } from '../wire/wire'
import type { Area, Me, Wire } from '../wire/wire'
import { forEachId } from '../people/batch'
import { createBookmarks } from './bookmarks'
import type { Bookmarks } from './bookmarks'
import { directConversation, roomConversation } from './addressed'
import { listConversations } from './listing'
import { createReadPositions } from './readPositions'
import { checkedMode, createConversationSettings, NOTIFY_MODES } from './settings'
import type { Unread } from './unread'

/** The conversations, and what belongs to them on the wire. */
export interface Conversations {
  readonly facet: ConversationsFacet
  readonly areas: readonly Area[]
  readonly bookmarks: Bookmarks
  /** Enters a room and follows what is said there; resolves with whether nothing since the last time is lost. */
  enter(room: BareJid, nick?: string): Promise<boolean>
  /** Leaves a room and no longer follows it. */
  exit(room: BareJid): void
}
/** What the conversations work with. */
export interface ConversationsSetup {
  readonly wire: Wire
  readonly archive: Archive
  readonly rooms: Rooms
  readonly intake: Intake
  readonly unread: Unread
}

/** The list of conversations, read positions, and the rooms one is in. */
export function createConversations({
  wire,
  archive,
  rooms,
  intake,
  unread,
}: ConversationsSetup): Conversations {
  const positions = createReadPositions(wire, rooms, unread)
  const bookmarks = createBookmarks(wire, {
    onSaved({ room, nick, isEntered }) {
      if (isEntered) void enter(room, nick).catch(() => undefined)
    },
    onRemoved(room) {
      if (!rooms.get(room)) return
      exit(room)
      wire.emit({ type: 'conversation.removed', ids: [roomId(room)], withHistory: false })
    },
  })

  const settings = createConversationSettings(wire)
  const setup = { wire, settings, archive, rooms, intake, bookmarks, unread }

  async function enter(jid: BareJid, nick?: string): Promise<boolean> {
    const room = await rooms.join(jid, nick)
    if (!intake.isFollowed(jid)) {
      wire.emit({ type: 'conversation.changed', conversations: [roomConversation(room.jid)] })
      intake.noteShown([roomId(room.jid)])
      return intake.follow(jid)
    }
    return true
  }

  function exit(room: BareJid): void {
    rooms.leave(room)
    intake.unfollow(room)
  }

  /** Before anybody is told of being online: what waits to be sent must find its room. */
  async function wantAll(): Promise<void> {
    for (const { room, nick, isEntered } of bookmarks.all()) if (isEntered) rooms.want(room, nick)
  }

  /** Into the rooms kept, and back into those one was in when the stream broke. */
  async function enterAll(): Promise<boolean> {
    const wanted = new Map<BareJid, string | undefined>(rooms.all().map(({ jid }) => [jid, undefined]))
    for (const { room, nick, isEntered } of bookmarks.all()) if (isEntered) wanted.set(room, nick)
    const outcomes = await Promise.all([...wanted].map(([jid, nick]) => enterOne(jid, nick)))
    return outcomes.every(Boolean)
  }

  async function enterOne(jid: BareJid, nick: string | undefined): Promise<boolean> {
    try {
      return await enter(jid, nick)
    } catch (error) {
      const { kind, code } = toChatError(error)
      // Begun anew when the stream is back.
      if (kind === 'offline') throw error
      wire.reject(`room not entered: ${String(code)}`)
      wire.emit({ type: 'timeline.interrupted', conversationIds: [roomId(jid)], lost: 'both' })
      return true
    }
  }

  async function open(me: Me, target: Parameters<ConversationsFacet['open']>[0]): Promise<Conversation> {
    if ('userId' in target) {
      const jid = me.names.jidOfUser(target.userId)
      if (jid === undefined) throw refusals.badUserId()
      return directConversation(me, jid)
    }
    const jid = 'groupId' in target ? me.names.jidOfGroup(target.groupId) : placeOf(target.id).room
    if (jid === undefined && 'id' in target) return directConversation(me, placeOf(target.id).jid)
    if (jid === undefined) throw refusals.noSuchConversation()
    if (!rooms.get(jid)?.isJoined) await wire.disco.ask(jid)
    return roomConversation(jid)
  }

  async function markRead(me: Me, place: Place, upTo: MessageRef): Promise<void> {
    const isPublished = await positions.publish(me, place, upTo)
    const isOwn = upTo.senderId === me.userId
    if (isOwn && isPublished) return
    try {
      wire.send(displayedStanza(place, wire.ids.next(), upTo))
    } catch (error) {
      // A message whose sender gave it no name cannot be pointed at; one's own devices know all the same.
      if (!isPublished) throw error
    }
  }

  return {
    facet: {
      list: () =>
        asUser(wire, async (me) => {
          const items = await listConversations(setup, me)
          intake.noteShown(items.map(({ id }) => id))
          return { items }
        }),
      open: (target) =>
        asUser(wire, async (me) => {
          const opened = await open(me, target)
          intake.noteShown([opened.id])
          return { ...opened, ...settings.of(opened.id) }
        }),
      setPinned: (id, isPinned) =>
        asUser(wire, () => settings.change(placeOf(id), { isPinned: isPinned === true })),
      notifyModes: NOTIFY_MODES,
      setNotify: (ids, mode) =>
        asUser(wire, async () => {
          const notify = checkedMode(mode)
          return forEachId(ids, (id) => settings.change(placeOf(id), { notify }))
        }),
      markRead: (id, upTo) =>
        asUser(wire, async (me) => {
          await markRead(me, placeOf(id), upTo)
          wire.emit(...unread.readUpTo(upTo))
          return { message: upTo }
        }),
    },
    areas: [bookmarks.area, settings.area, positions.area, { onSignIn: wantAll, catchUp: enterAll }],
    bookmarks,
    enter,
    exit,
  }
}
