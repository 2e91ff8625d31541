import { Allowance, chooseByPriority, Precedence, signalOf } from '../../core/live'
import type { Clock } from '../../core/ports'
import type { ConversationId, Message, Stop } from '../../model'
import type { Channel } from './channel'

/** Carries what is said in live rooms: to whoever is in them, as much as gets through, and to nobody later. */
export interface LiveRooms {
  /** What goes first there, whatever its sender claims. */
  readonly precedence: Precedence
  /** Says something in a room, to this tab and the others. */
  post(messages: readonly Message[]): void
  /** Tells at once what waits to be told in a room: whoever comes in now was not there when it was said. */
  settle(conversationId: ConversationId): void
  /** Hears what gets through, one call a burst. */
  listen(listener: (messages: readonly Message[]) => void): Stop
  /** So many people look on who are no users of the service, for simulations; 0: no longer. */
  setOnlookers(conversationId: ConversationId, count: number): void
  onlookers(conversationId: ConversationId): number
  close(): void
}
/** What they work with. */
export interface LiveRoomsSetup {
  readonly clock: Clock
  readonly channel: Channel
  /** How many messages a second get through in one room; those of high priority always do (J1). */
  readonly perSecond: number
  /** So many likes were said here since the last time (J3). */
  onLikes(conversationId: ConversationId, count: number): void
}

/** What comes within this time is one burst. */
const BURST_MS = 50
/** Likes are counted together and written down so often. */
const LIKES_EVERY_MS = 4_000
/** However slow the timers are, no more than this waits. */
const MOST_WAITING = 2_000

interface Room {
  readonly allowance: Allowance
  waiting: Message[]
  stop?: Stop
}

/** Nobody is in any room yet. */
export function createLiveRooms({ clock, channel, perSecond, onLikes }: LiveRoomsSetup): LiveRooms {
  const listeners = new Set<(messages: readonly Message[]) => void>()
  const rooms = new Map<ConversationId, Room>()
  const onlookersById = new Map<ConversationId, number>()
  const likesById = new Map<ConversationId, number>()
  let stopLikes: Stop | undefined

  function flush(room: Room): void {
    room.stop?.()
    delete room.stop
    const { taken } = chooseByPriority(room.waiting, room.allowance.room(clock.now()))
    room.allowance.use(taken.length)
    room.waiting = []
    if (taken.length > 0) for (const listener of [...listeners]) listener(taken)
  }

  function take(message: Message): void {
    const { conversationId } = message
    const room = rooms.get(conversationId) ?? { allowance: new Allowance(perSecond), waiting: [] }
    rooms.set(conversationId, room)
    room.waiting.push(message)
    // What is important does not wait, and takes along what came before it.
    if (message.priority === 'high' || room.waiting.length >= MOST_WAITING) flush(room)
    else room.stop ??= clock.after(BURST_MS, () => flush(room))
  }

  function countLikes(message: Message): void {
    const signal = signalOf(message)
    if (signal?.kind !== 'like') return
    const { conversationId } = message
    likesById.set(conversationId, (likesById.get(conversationId) ?? 0) + signal.count)
    stopLikes ??= clock.after(LIKES_EVERY_MS, () => {
      stopLikes = undefined
      const counted = [...likesById]
      likesById.clear()
      for (const [id, count] of counted) onLikes(id, count)
    })
  }

  const stopListening = channel.listen((signal) => {
    if (signal.kind === 'live' && listeners.size > 0) signal.messages.forEach(take)
  })
  return {
    precedence: new Precedence(),
    post(messages) {
      messages.forEach(countLikes)
      channel.post({ kind: 'live', messages })
    },
    settle(conversationId) {
      const room = rooms.get(conversationId)
      if (room) flush(room)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    setOnlookers(conversationId, count) {
      if (count > 0) onlookersById.set(conversationId, count)
      else onlookersById.delete(conversationId)
    },
    onlookers: (conversationId) => onlookersById.get(conversationId) ?? 0,
    close() {
      stopListening()
      stopLikes?.()
      for (const room of rooms.values()) room.stop?.()
      listeners.clear()
      rooms.clear()
    },
  }
}

/** A message of a live room as it is told: nobody keeps it, so it has no place among others. */
export function passing(message: Message): Message {
  const { order: _order, ...rest } = message
  return { ...rest, delivery: 'online-only' }
}
