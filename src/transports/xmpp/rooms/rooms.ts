import type { EpochMs, Stop, UserId } from '../../../model'
import { refusals, stanzaError } from '../refusals'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { createWaiters } from '../wire/waiters'
import type { Waiters } from '../wire/waiters'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** Somebody who is in a room right now. */
export interface Occupant {
  readonly nick: string
  /** Who it is, where the room lets us know. */
  readonly jid?: BareJid
  readonly affiliation: string
  readonly role: string
}
/** A room this device is in, or wants to be in. */
export interface Room {
  readonly jid: BareJid
  /** One's own name there, as the room has it. */
  readonly nick: string
  readonly isJoined: boolean
  readonly occupantsByNick: ReadonlyMap<string, Occupant>
}
/** Hears each presence of a room that is joined or being joined, after it was taken in. */
export type RoomListener = (room: Room, presence: Xml) => void
/** The rooms of this session (XEP-0045). */
export interface Rooms {
  readonly area: Area
  /** Whether an address is that of a room, as far as can be known. */
  isRoom(jid: BareJid): boolean
  get(jid: BareJid): Room | undefined
  /** What a room that was entered can do, once it has said so. */
  featuresOf(jid: BareJid): ReadonlySet<string>
  /** Asks a room what it can do. */
  learn(jid: BareJid): Promise<ReadonlySet<string>>
  all(): readonly Room[]
  /** Enters a room; resolves when in it, rejects with the room's reason. Once wanted, it is entered again on every new stream. */
  join(jid: BareJid, nick?: string): Promise<Room>
  /** Has a room entered in the course of the sign-in, whoever waits for it later. */
  want(jid: BareJid, nick?: string): void
  /** Leaves a room and does not come back by itself. */
  leave(jid: BareJid): void
  /** Whether the room shows everybody who its people are. */
  isOpen(jid: BareJid): boolean
  /** Who speaks under this name: a person, or a name that is good in this room only. */
  senderOf(jid: BareJid, nick: string, occupantId?: string): UserId
  watch(listener: RoomListener): Stop
}

/** What the room calls a status code. */
const SELF = '110'
const OPEN = 'muc_nonanonymous'
/** A machine has let one go, and no person: the service ends, or could not be reached. */
const FALLEN: readonly unknown[] = ['332', '333']
/** A service that ends to begin anew is there by then. */
const RETURNS_AFTER_MS = 2_000
const JOINS_WITHIN_MS = 20_000
const MOST_NICKS = 5
/** A room that puts one out again and again without a word means it. */
const MOST_RETURNS = 5

interface Entry {
  jid: BareJid
  nick: string
  isJoined: boolean
  /** What the room calls this person, whatever the nickname (XEP-0421). */
  occupantId?: string
  readonly occupantsByNick: Map<string, Occupant>
  readonly waiters: Waiters<Room>
  tries: number
  returns: number
  /** When the room was asked last to let one in. */
  askedAt: EpochMs
}

/** In no room yet. */
export function createRooms(wire: Wire): Rooms {
  const entries = new Map<BareJid, Entry>()
  const listeners = new Set<RoomListener>()
  const featuresByRoom = new Map<BareJid, ReadonlySet<string>>()

  function isRoom(jid: BareJid): boolean {
    const domain = parseJid(jid)?.domain
    return (
      entries.has(jid) ||
      wire.disco.services().some((one) => one.jid === domain && one.features.has(NS.rooms))
    )
  }

  const isOpen = (jid: BareJid) => featuresByRoom.get(jid)?.has(OPEN) ?? false

  function enter(entry: Entry): void {
    entry.askedAt = wire.clock.now()
    const history = xml('history', { maxstanzas: '0' })
    const to = `${entry.jid}/${entry.nick}`
    wire.send(xml('presence', { to }, xml('x', { xmlns: NS.rooms }, history)))
  }

  function take(presence: Xml): boolean {
    const from = parseJid(attrOf(presence, 'from'))
    const entry = from && entries.get(from.bare)
    if (!entry) return false
    const type = attrOf(presence, 'type')
    if (type === 'error') takeRefusal(entry, presence)
    else if (from.resource !== undefined) {
      if (type !== 'unavailable') takeOccupant(entry, from.resource, presence)
      else if (!takeGoodbye(entry, from.resource, presence)) return true
    }
    for (const listener of listeners) listener(entry, presence)
    return true
  }

  function takeRefusal(entry: Entry, presence: Xml): void {
    if (entry.isJoined) return
    const error = stanzaError(presence)
    if (error.code === 'conflict' && entry.tries++ < MOST_NICKS) {
      entry.nick = `${entry.nick}_`
      return enter(entry)
    }
    entries.delete(entry.jid)
    entry.waiters.reject(error)
  }

  /** False where it is no news of anybody. */
  function takeGoodbye(entry: Entry, nick: string, presence: Xml): boolean {
    const x = elementOf(presence, 'x', NS.roomsUser)
    const codes = codesIn(x)
    entry.occupantsByNick.delete(nick)
    // A change of name: the person comes back under the new one.
    if (codes.includes('303')) return true
    const isSelf = codes.includes(SELF) || (entry.isJoined && nick === entry.nick)
    if (!isSelf) return true
    // The server ends what was left of an earlier session of this device when this one has taken its place.
    const isOfEarlier = codes.every((code) => code === SELF) && !elementOf(x, 'destroy')
    if (isOfEarlier && !entry.isJoined) return false
    const hasFallen = codes.some((code) => FALLEN.includes(code)) && !elementOf(x, 'destroy')
    if ((isOfEarlier || hasFallen) && entry.returns++ < MOST_RETURNS) {
      entry.isJoined = false
      entry.occupantsByNick.clear()
      if (hasFallen) comeBack(entry)
      else enter(entry)
      return false
    }
    left(entry)
    return true
  }

  function comeBack(entry: Entry): void {
    wire.clock.after(RETURNS_AFTER_MS, () => {
      if (entries.get(entry.jid) !== entry || entry.isJoined) return
      try {
        enter(entry)
      } catch {
        // The stream has gone as well, and the next one enters all rooms.
      }
    })
  }

  function takeOccupant(entry: Entry, nick: string, presence: Xml): void {
    const x = elementOf(presence, 'x', NS.roomsUser)
    const item = elementOf(x, 'item')
    const jid = parseJid(attrOf(item, 'jid'))?.bare
    entry.occupantsByNick.set(nick, {
      nick,
      ...(jid !== undefined && { jid }),
      affiliation: attrOf(item, 'affiliation') ?? 'none',
      role: attrOf(item, 'role') ?? 'none',
    })
    if (!codesIn(x).includes(SELF)) return
    const occupantId = attrOf(elementOf(presence, 'occupant-id', NS.occupant), 'id')
    if (occupantId !== undefined) entry.occupantId = occupantId
    entry.nick = nick
    entry.isJoined = true
    entry.waiters.resolve(entry)
  }

  function left(entry: Entry): void {
    entry.isJoined = false
    entry.occupantsByNick.clear()
    entries.delete(entry.jid)
    entry.waiters.reject(refusals.notInConversation())
  }

  function waitForJoin(entry: Entry): Promise<Room> {
    return entry.waiters.wait(JOINS_WITHIN_MS, () => refusals.noAnswer('unknown'))
  }

  function entryOf(jid: BareJid, nick: string | undefined): Entry {
    const entry = entries.get(jid) ?? {
      jid,
      nick: nick ?? parseJid(wire.me()?.bare)?.local ?? 'someone',
      isJoined: false,
      occupantsByNick: new Map(),
      waiters: createWaiters<Room>(wire.clock),
      tries: 0,
      returns: 0,
      askedAt: -Infinity,
    }
    entries.set(jid, entry)
    return entry
  }

  return {
    area: {
      onPresence: take,
      async onSignIn() {
        for (const entry of entries.values()) {
          entry.returns = 0
          enter(entry)
        }
      },
      onStreamLost() {
        for (const entry of entries.values()) {
          entry.isJoined = false
          entry.occupantsByNick.clear()
        }
      },
      onEnd() {
        for (const entry of entries.values()) entry.waiters.reject(refusals.notSignedIn())
        entries.clear()
        featuresByRoom.clear()
      },
    },
    isRoom,
    get: (jid) => entries.get(jid),
    featuresOf: (jid) => featuresByRoom.get(jid) ?? new Set(),
    async learn(jid) {
      const { features } = await wire.disco.ask(jid)
      featuresByRoom.set(jid, features)
      return features
    },
    all: () => [...entries.values()],
    async join(jid, nick) {
      const known = entries.get(jid)
      if (known?.isJoined) return known
      const entry = entryOf(jid, nick)
      const joined = waitForJoin(entry)
      // What was asked on a stream that stood may have been lost with a room that begins anew.
      if (wire.clock.now() - entry.askedAt > JOINS_WITHIN_MS) enter(entry)
      return joined
    },
    want: (jid, nick) => void entryOf(jid, nick),
    leave(jid) {
      const entry = entries.get(jid)
      if (!entry) return
      entries.delete(jid)
      entry.waiters.reject(refusals.cancelled())
      wire.send(xml('presence', { to: `${jid}/${entry.nick}`, type: 'unavailable' }))
    },
    isOpen,
    senderOf(jid, nick, occupantId) {
      const me = wire.me()
      const entry = entries.get(jid)
      const isByName = occupantId === undefined || entry?.occupantId === undefined
      const isMine = isByName ? nick === entry?.nick : occupantId === entry?.occupantId
      if (me && entry && isMine) return me.userId
      // Where names are all that people see of each other, a name may have been another's before.
      const real = isOpen(jid) ? entry?.occupantsByNick.get(nick)?.jid : undefined
      return me && real !== undefined ? me.names.userIdOf(real) : `${jid}/${nick}`
    },
    watch(listener) {
      const own: RoomListener = (room, presence) => listener(room, presence)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

function codesIn(extra: Xml | undefined): readonly (string | undefined)[] {
  return elementsOf(extra, 'status').map((status) => attrOf(status, 'code'))
}
