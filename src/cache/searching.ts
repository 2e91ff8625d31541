import { createMatcher } from '../core/search'
import type { CachedSearch } from '../core/ports'
import type { Message, Page } from '../model'
import type { Key, Reading as ReadingOf } from '../storage'
import type { Rows } from './rows'

/** So many messages are looked through at a time, that nothing else waits long for the database. */
const STEP = 1_000

/** The messages of a conversation that hold some words, from the newest on; a page may hold none and yet go on. */
export async function searchMessages(
  reading: ReadingOf<Rows>,
  { conversationId, cursor, ...sought }: CachedSearch,
): Promise<Page<Message>> {
  const rows = await reading.range('messages', {
    from: [conversationId],
    to: cursor === undefined ? [conversationId, []] : before(conversationId, cursor),
    isReverse: true,
    limit: STEP,
  })
  const items = rows.map(({ message }) => message).filter(createMatcher(sought))
  const last = rows.at(-1)
  const isMore =
    rows.length === STEP && last !== undefined && last.message.sentAt >= (sought.fromAt ?? -Infinity)
  return { items, ...(isMore && { next: JSON.stringify([last.major, last.minor, last.tie]) }) }
}

function before(conversationId: string, cursor: string): Key {
  const [major, minor, tie] = JSON.parse(cursor) as [number, string, number]
  return [conversationId, major, minor, tie - 0.5]
}
