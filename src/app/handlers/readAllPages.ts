import type { Cursor, Page } from '../../model'
import { unreadable } from './unreadable'

/**
 * Reads a list to its end, or until it holds so many that nobody looks at more.
 * @throws ChatError where a page is none.
 */
export async function readAllPages<T>(
  read: (cursor: Cursor | undefined) => Promise<Page<T>> | undefined,
  most: number,
): Promise<readonly T[]> {
  const items: T[] = []
  for (let cursor: Cursor | undefined; items.length < most;) {
    const page = await read(cursor)
    if (!page) break
    if (!Array.isArray(page.items)) throw unreadable()
    items.push(...page.items)
    // A cursor that is none, or leads back to itself, would never end.
    if (typeof page.next !== 'string' || page.next === cursor) break
    cursor = page.next
  }
  return items
}
