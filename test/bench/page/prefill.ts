import { openCache } from '../../../src/cache'
import type { Cache } from '../../../src/core/ports'
import type { Message } from '../../../src/model'
import { randomIds, systemClock } from '../../../src/platform/web'
import { CONVERSATION, HISTORY, messagesFrom } from './messages'
import { databaseOf, theConversation } from './stage'

const CHUNK = 20_000

/**
 * Fills the cache of a user with a conversation of this length. The cache itself writes the first and the last messages and
 * what belongs to them; those between are put where it would put them, which is a good deal faster.
 * @throws Error where the cache does not find what is between as it finds its own.
 */
export async function prefill(userId: string, count: number): Promise<void> {
  await withCache(userId, async (cache) => {
    cache.absorb([theConversation, received(1, HISTORY), upTo(HISTORY)])
    await cache.flush()
  })
  await putBetween(userId, HISTORY + 1, count - HISTORY)
  await withCache(userId, async (cache) => {
    cache.absorb([received(count - HISTORY + 1, HISTORY), upTo(count)])
    await cache.flush()
  })
  await withCache(userId, (cache) => check(cache, count))
}

async function withCache(userId: string, work: (cache: Cache) => Promise<void>): Promise<void> {
  const cache = openCache({ name: databaseOf(userId), ownId: userId, clock: systemClock, ids: randomIds })
  await cache.start()
  await work(cache)
  await cache.close()
}

function received(first: number, count: number) {
  return { type: 'message.received', messages: messagesFrom(first, count), isLive: true } as const
}

/** Where the events stand: from there they go on the next time, and what is kept has no hole. */
function upTo(count: number) {
  return { type: 'checkpoint.advanced', checkpoint: `after ${count}` } as const
}

/** The rows of the tables `messages` and `names`, past the cache. */
async function putBetween(userId: string, first: number, last: number): Promise<void> {
  const database = await opened(databaseOf(userId))
  for (let next = first; next <= last; next += CHUNK) {
    const transaction = database.transaction(['messages', 'names'], 'readwrite')
    const [messages, names] = [transaction.objectStore('messages'), transaction.objectStore('names')]
    for (const message of messagesFrom(next, Math.min(CHUNK, last - next + 1))) {
      const place = placeOf(message)
      const [major, minor, tie] = place
      messages.put({ conversationId: CONVERSATION, major, minor, tie, message })
      for (const key of message.keys) names.put({ conversationId: CONVERSATION, key, place })
    }
    await done(transaction)
  }
  database.close()
}

function placeOf({ order }: Message): readonly [number, string, number] {
  return [order?.major ?? 0, '', 0]
}

/** A connection of one's own to a database that is there. */
export function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}

/** Opens the end, goes further up across the seam, and finds a message of the middle by its key. */
async function check(cache: Cache, count: number): Promise<void> {
  const sizes = await cache.size()
  const end = (await cache.openNewest(CONVERSATION, HISTORY)).page
  const beside = messagesFrom(count - HISTORY + 1, 1)[0] as Message
  const above = await cache.page({ conversationId: CONVERSATION, beside, direction: 'older', count: 30 })
  const [middle] = messagesFrom(Math.floor(count / 2), 1)
  const found = middle && (await cache.find({ conversationId: CONVERSATION, keys: middle.keys }))
  const facts = {
    storage: cache.kind() === 'indexeddb',
    messages: sizes.messages === count,
    names: sizes.names === count,
    end: isSame(end.messages, messagesFrom(count - HISTORY + 1, HISTORY)),
    isLive: 'end' in end.newer && end.newer.end === 'live',
    above:
      above.messages.length >= 30 &&
      isSame(above.messages[0], messagesFrom(above.messages[0]?.order?.major ?? 0, 1)[0]),
    middle: isSame(found, middle),
  }
  const wrong = Object.entries(facts).filter(([, isRight]) => !isRight)
  if (wrong.length > 0)
    throw new Error(`the cache was not filled as it fills itself: ${wrong.map(([name]) => name)}`)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
