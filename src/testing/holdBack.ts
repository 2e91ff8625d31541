import type { ConversationId, TransportEvent } from '../model'
import type { Weather } from './faults'

/** Messages that others overtake. */
export interface HoldBack {
  /** Begins to hold back the messages of one conversation of the batch; gives what goes on. */
  hold(events: readonly TransportEvent[]): readonly TransportEvent[]
  /** Gives what goes on, and keeps behind what must not overtake what is held. */
  pass(events: readonly TransportEvent[]): readonly TransportEvent[]
  /** Gives everything held, in order. */
  release(): readonly TransportEvent[]
  forget(): void
}

const HELD_MS = { min: 1, max: 4_000 }

/** Holds messages back for a while; the messages of one conversation never overtake each other. */
export function createHoldBack(
  weather: Weather,
  tell: (events: readonly TransportEvent[]) => void,
): HoldBack {
  let held: TransportEvent[] = []
  const heldIds = new Set<ConversationId>()
  let stop = (): void => {}

  function release(): readonly TransportEvent[] {
    stop()
    const events = held
    held = []
    heldIds.clear()
    return events
  }

  function pass(events: readonly TransportEvent[]): readonly TransportEvent[] {
    if (heldIds.size === 0) return events
    // What ends a conversation must not come before what was said in it.
    if (events.some(({ type }) => type === 'conversation.removed' || type === 'conversation.cleared')) {
      return [...release(), ...events]
    }
    return events.flatMap((event): readonly TransportEvent[] => {
      // A checkpoint covers what is held, so it waits for it.
      if (event.type === 'checkpoint.advanced') {
        held.push(event)
        return []
      }
      if (event.type !== 'message.received') return [event]
      const behind = event.messages.filter(({ conversationId }) => heldIds.has(conversationId))
      const free = event.messages.filter(({ conversationId }) => !heldIds.has(conversationId))
      if (behind.length > 0) held.push({ ...event, messages: behind })
      return free.length > 0 ? [{ ...event, messages: free }] : []
    })
  }

  return {
    hold(events) {
      const ids = events.flatMap((event) =>
        event.type === 'message.received' ? event.messages.map(({ conversationId }) => conversationId) : [],
      )
      if (ids.length === 0 || heldIds.size > 0) return pass(events)
      weather.note('heldBack')
      heldIds.add(weather.random.pick(ids))
      stop = weather.later(weather.random.between(HELD_MS.min, HELD_MS.max), () => tell(release()))
      return pass(events)
    },
    pass,
    release,
    forget: () => void release(),
  }
}
