import { openCache } from '../cache'
import type { Cache } from '../core/ports'
import type { ChatEvent, ConversationId, EventSource } from '../model'
import type { ChatKitOptions } from './chatKitOptions'
import { isKeptHereOnly } from './siblings'

/** The cache that is asked for: one of the app's own, or one made here. */
export function openedCache(
  given: ChatKitOptions['cache'],
  setup: Omit<Parameters<typeof openCache>[0], 'kind'>,
): Cache {
  if (typeof given === 'object') return given
  return openCache({ ...setup, kind: given ?? 'auto' })
}

/** What of an event this machine writes down; `isWatched` knows the live rooms that are watched. */
export function keptOf(
  event: ChatEvent,
  source: EventSource,
  isWatched: (id: ConversationId) => boolean,
): readonly ChatEvent[] {
  // What comes from the cache is there, and another tab writes its own, unless it dies before.
  const isOurs = source === 'local' || source === 'remote' || isForAll(event, source)
  return isOurs ? lasting(event, isWatched) : []
}

/** What is said in a live room that is watched is of the moment, whatever its backend keeps of it. */
function lasting(event: ChatEvent, isWatched: (id: ConversationId) => boolean): readonly ChatEvent[] {
  if (event.type !== 'message.received') return [event]
  const messages = event.messages.filter(({ conversationId }) => !isWatched(conversationId))
  if (messages.length === event.messages.length) return [event]
  return messages.length > 0 ? [{ ...event, messages }] : []
}

/**
 * What another tab did that every tab writes down: a deletion nobody would tell again, should that tab die with it, and what is
 * newer than what may still wait here to be written.
 */
function isForAll(event: ChatEvent, source: EventSource): boolean {
  if (source !== 'tab') return false
  if (event.type === 'conversation.cleared' || isKeptHereOnly(event)) return true
  return event.type === 'message.changed' && event.changes.every(({ kind }) => kind === 'removed')
}
