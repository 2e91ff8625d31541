import type { ConversationId, Message, MessageChange, Receipt, TransportEvent, UserId } from '../../../model'
import type { Archive, ArchiveEntry } from '../archive/archive'
import { archiveIdOf } from '../archive/archive'
import { delayOf } from '../archive/stamps'
import { createTail } from '../archive/tail'
import type { Expected, Tail, TailBatch, TailPlace } from '../archive/tail'
import type { Unread } from '../conversations/unread'
import type { Rooms } from '../rooms/rooms'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { addressOf, groupIdOf, roomId } from '../wire/names'
import type { Area, Me, SignInStart, Wire } from '../wire/wire'
import { attrOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { innerOfCarbon, isCarbon } from './carbons'
import { readCheckpoint, writeCheckpoint } from './checkpoint'
import type { Delivery } from './delivery'
import { readBounce, readHeard } from './reading'
import type { Reading } from './reading'
import type { Heard, World } from './speaker'

/** Everything about messages that comes in, and in which order it is told. */
export interface Intake {
  readonly area: Area
  /** Reads what archives bring as a page: nothing is told but receipts. */
  read(entries: readonly ArchiveEntry[], me: Me): readonly Reading[]
  /** Reads on in the archive of a room or one's own; resolves when what was there is read, `isAgain` behind the newest too. */
  readOn(room: BareJid | undefined, isAgain?: boolean): Promise<void>
  /** Whether everything that comes into a conversation's archive is told by event. */
  isFollowed(room: BareJid | undefined): boolean
  /** Begins to follow a room that was just entered; resolves with whether nothing since the last time is lost. */
  follow(room: BareJid): Promise<boolean>
  unfollow(room: BareJid): void
  tell(readings: readonly Reading[], isLive: boolean): void
  /** Conversations that were listed or opened: what happens in them may be told at once. */
  noteShown(ids: readonly ConversationId[]): void
  /** Hears each stanza of one's own archive that came while one was not there, or has just come. */
  overhear(listener: (stanza: Xml) => void): void
}

/** What the intake works with. */
export interface IntakeSetup {
  readonly wire: Wire
  readonly archive: Archive
  readonly rooms: Rooms
  readonly delivery: Delivery
  readonly unread: Unread
}

/** Hears stanzas and follows archives. */
export function createIntake({ wire, archive, rooms, delivery, unread }: IntakeSetup): Intake {
  const overhearers = new Set<(stanza: Xml) => void>()
  const roomTails = new Map<BareJid, Tail>()
  let ownTail: Tail | undefined
  /** Archives whose tail is about to be read, and what has come meanwhile, which will be found there. */
  const missedByStarting = new Map<BareJid | undefined, Expected[]>()
  const followingByRoom = new Map<BareJid, Promise<boolean>>()
  const placeByRoom = new Map<BareJid, TailPlace>()
  let ownPlace: TailPlace | undefined
  const toldIds = new Set<ConversationId>()
  /** Those that were listed or opened. */
  const shownIds = new Set<ConversationId>()
  /** Who was told to be writing, and where. */
  const typing = new Set<string>()
  const isKnown = (id: ConversationId) => toldIds.has(id) || shownIds.has(id)
  let lastCheckpoint: string | undefined

  const tailOf = (room: BareJid | undefined) => (room === undefined ? ownTail : roomTails.get(room))

  const worldOf = (me: Me): World => ({
    me,
    nowAt: wire.clock.now(),
    isRoom: rooms.isRoom,
    isOpen: rooms.isOpen,
    senderOf: rooms.senderOf,
  })

  function read(entries: readonly ArchiveEntry[], me: Me): readonly Reading[] {
    const world = worldOf(me)
    return entries.flatMap(({ id, stamp, stanza }) => {
      const heard: Heard = { stanza, stamp, archiveId: id, isFromArchive: true }
      return readHeard(heard, world) ?? []
    })
  }

  function tell(readings: readonly Reading[], isLive: boolean): void {
    const messages: Message[] = []
    const changes: MessageChange[] = []
    const receipts: Receipt[] = []
    for (const reading of readings) {
      if (reading.message) messages.push(reading.message)
      changes.push(...reading.changes)
      receipts.push(...reading.receipts)
    }
    const news: TransportEvent[] = [
      ...conversationsOf(readings),
      ...(messages.length > 0 ? [{ type: 'message.received' as const, messages, isLive }] : []),
      ...(changes.length > 0 ? [{ type: 'message.changed' as const, changes }] : []),
      ...(receipts.length > 0 ? [{ type: 'receipt.received' as const, receipts }] : []),
      ...unread.note(readings, 'told'),
    ]
    if (news.length > 0) wire.emit(...news)
    acknowledge(readings)
    readings.forEach(delivery.seen)
  }

  function conversationsOf(readings: readonly Reading[]): readonly TransportEvent[] {
    const me = wire.me()
    const fresh = readings.filter(({ conversationId: id, message, changes }) =>
      message ? !toldIds.has(id) : changes.length > 0 && !isKnown(id),
    )
    fresh.forEach(({ conversationId }) => toldIds.add(conversationId))
    const byId = new Map(fresh.map((reading) => [reading.conversationId, reading]))
    if (!me || byId.size === 0) return []
    const conversations = [...byId.values()].map(({ conversationId: id, kind, jid }) =>
      kind === 'group' ? { id, kind, groupId: groupIdOf(jid) } : { id, kind, peerId: me.names.userIdOf(jid) },
    )
    return [{ type: 'conversation.changed', conversations }]
  }

  /** Says of the newest of each conversation that it has arrived. */
  function acknowledge(readings: readonly Reading[]): void {
    const wanted = readings.filter(
      ({ isMine, kind, wantsReceipt }) => !isMine && kind === 'direct' && wantsReceipt,
    )
    const newest = new Map(wanted.map((reading) => [reading.jid, reading.wireId]))
    for (const [to, id] of newest) {
      const received = xml('received', { xmlns: NS.receipts, id })
      const store = xml('store', { xmlns: NS.hints })
      try {
        wire.send(xml('message', { to, type: 'chat', id: wire.ids.next() }, received, store))
      } catch {
        // Without a stream nobody can be told; the next message will be acknowledged.
        return
      }
    }
  }

  function tellTail({ entries, isLive }: TailBatch): void {
    const me = wire.me()
    if (!me) return
    tell(read(entries, me), isLive)
    advance()
  }

  function tellOwnTail(batch: TailBatch): void {
    for (const { stanza } of batch.entries) overhearers.forEach((listener) => listener(stanza))
    tellTail(batch)
  }

  /** Remembers how far the archives were read, for the stream that follows. */
  function notePlaces(): void {
    ownPlace = ownTail?.place() ?? ownPlace
    for (const [room, tail] of roomTails) {
      const place = tail.place()
      if (place) placeByRoom.set(room, place)
    }
  }

  function advance(): void {
    notePlaces()
    const checkpoint = writeCheckpoint({ own: ownPlace, placeByRoom })
    if (checkpoint === lastCheckpoint) return
    lastCheckpoint = checkpoint
    wire.emit({ type: 'checkpoint.advanced', checkpoint })
  }

  function hear(stanza: Xml): boolean {
    const me = wire.me()
    if (!me) return false
    if (isCarbon(stanza)) return hearCarbon(stanza, me)
    if (attrOf(stanza, 'type') === 'error') return hearError(stanza, me)
    return hearMessage(stanza, me)
  }

  function hearCarbon(stanza: Xml, me: Me): boolean {
    const inner = innerOfCarbon(stanza, me.bare)
    if (!inner) {
      wire.reject('a forged carbon')
      return true
    }
    return attrOf(inner, 'type') === 'error' || hearMessage(inner, me)
  }

  function hearError(stanza: Xml, me: Me): boolean {
    // Only messages have an id of ours; that somebody takes no typing signs and no receipts is nobody's trouble.
    if (attrOf(stanza, 'id') === undefined) return true
    const change = readBounce(stanza, worldOf(me))
    if (!change || change.kind !== 'failed') return false
    const { error } = change
    if (!delivery.refuse(stanza, error)) wire.emit({ type: 'message.changed', changes: [change] })
    return true
  }

  function tellTyping(conversationId: ConversationId, userId: UserId, isTyping: boolean): void {
    const name = `${conversationId}\n${userId}`
    // That somebody writes where nobody has said anything makes no conversation, and only who wrote can cease.
    if (isTyping ? !isKnown(conversationId) : !typing.delete(name)) return
    if (isTyping) typing.add(name)
    wire.emit({ type: 'typing.changed', conversationId, userId, isTyping })
  }

  function hearMessage(stanza: Xml, me: Me): boolean {
    const isRoom = attrOf(stanza, 'type') === 'groupchat'
    const from = parseJid(attrOf(stanza, 'from') ?? me.bare)
    if (isRoom && (!from || !rooms.get(from.bare))) {
      wire.reject('a room message from no room of ours')
      return true
    }
    const room = isRoom ? from?.bare : undefined
    const told = delayOf(stanza)
    // Senders can put a stamp on what they send, too; but nothing was held back in a time to come.
    const stamp = told && told.at <= wire.clock.now() ? told : undefined
    const reading = readHeard({ stanza, ...(stamp && { stamp }) }, worldOf(me))
    if (!reading) return false
    const { isTyping, isMine, conversationId, senderId: userId } = reading
    const isNow = !stamp
    if (isTyping !== undefined && !isMine && isNow) tellTyping(conversationId, userId, isTyping)
    const archiveId = archiveIdOf(stanza, room ?? me.bare)
    const tail = tailOf(room)
    const says = reading.message !== undefined || reading.changes.length > 0 || reading.receipts.length > 0
    if (!says) return isTyping !== undefined
    if (archiveId === undefined) tell([reading], isNow)
    else if (tail) void tail.readOn(expect(archiveId, reading))
    else if (missedByStarting.has(room)) missedByStarting.get(room)?.push(expect(archiveId, reading))
    // A session that takes the place of one's own earlier one hears the room before it has come in, and cannot know yet who
    // speaks. The archive is read from where it was left when it has.
    else if (room === undefined || rooms.get(room)?.isJoined) tell([reading], isNow)
    return true
  }

  /** What the archive does not show is told as it came: better without a place than not at all. */
  function expect(id: string, reading: Reading): Expected {
    return { id, onMissing: () => tell([reading], true) }
  }

  async function startOwn({ me, checkpoint, isFirst }: SignInStart): Promise<boolean> {
    if (!archive.isOffered()) return !isFirst
    if (isFirst) {
      const kept = readCheckpoint(checkpoint)
      ownPlace = kept.own
      kept.placeByRoom.forEach((place, room) => placeByRoom.set(room, place))
    }
    ownTail?.stop()
    const tail = createTail({ archive, wire, tell: tellOwnTail, onLost: () => tellLost(undefined) })
    missedByStarting.set(undefined, [])
    try {
      const outcome = await tail.start(ownPlace)
      if (wire.me()?.sessionId !== me.sessionId) return false
      ownTail = tail
      await readMissed(tail, undefined)
      advance()
      return outcome === 'read'
    } finally {
      missedByStarting.delete(undefined)
    }
  }

  async function readMissed(tail: Tail, room: BareJid | undefined): Promise<void> {
    const all = missedByStarting.get(room)?.splice(0) ?? []
    await Promise.all([tail.readOn(), ...all.map((one) => tail.readOn(one))])
  }

  /** Of one's own archive nobody knows whose messages are missing: all are in doubt. */
  function tellLost(room: BareJid | undefined): void {
    const directIds = [...toldIds].filter((id) => addressOf(id)?.kind === 'direct')
    const conversationIds = room === undefined ? directIds : [roomId(room)]
    if (conversationIds.length > 0) wire.emit({ type: 'timeline.interrupted', conversationIds, lost: 'both' })
  }

  function follow(room: BareJid): Promise<boolean> {
    const following = followingByRoom.get(room) ?? begin(room).finally(() => followingByRoom.delete(room))
    followingByRoom.set(room, following)
    return following
  }

  async function begin(room: BareJid): Promise<boolean> {
    roomTails.get(room)?.stop()
    missedByStarting.set(room, [])
    try {
      const features = await rooms.learn(room)
      if (!features.has(NS.archive)) return false
      const tail = createTail({ archive, wire, room, tell: tellTail, onLost: () => tellLost(room) })
      const outcome = await tail.start(placeByRoom.get(room))
      roomTails.set(room, tail)
      await readMissed(tail, room)
      advance()
      if (outcome === 'lost') tellLost(room)
      return outcome !== 'lost'
    } finally {
      missedByStarting.delete(room)
    }
  }

  function stopAll(): void {
    ownTail?.stop()
    ownTail = undefined
    roomTails.forEach((tail) => tail.stop())
    roomTails.clear()
  }

  return {
    area: {
      onMessage: hear,
      catchUp: startOwn,
      onResume: () => [ownTail, ...roomTails.values()].forEach((tail) => void tail?.readOn()),
      onStreamLost() {
        notePlaces()
        stopAll()
        delivery.lose()
      },
      onEnd() {
        stopAll()
        placeByRoom.clear()
        ownPlace = undefined
        lastCheckpoint = undefined
        toldIds.clear()
        shownIds.clear()
        typing.clear()
      },
    },
    read,
    async readOn(room, isAgain = false) {
      const tail = tailOf(room)
      await (isAgain ? tail?.readAgain() : tail?.readOn())
    },
    isFollowed: (room) => tailOf(room) !== undefined,
    follow,
    unfollow(room) {
      roomTails.get(room)?.stop()
      roomTails.delete(room)
      placeByRoom.delete(room)
      advance()
    },
    tell,
    noteShown: (ids) => ids.forEach((id) => shownIds.add(id)),
    overhear: (listener) => void overhearers.add(listener),
  }
}
