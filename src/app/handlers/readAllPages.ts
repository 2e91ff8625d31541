import type { Cursor, Page } from '../../model'
import { unreadable } from './unreadable'

type Read<T> = (cursor: Cursor | undefined) => Promise<Page<T>> | undefined

/**
 * Reads a list to its end, or until it holds so many that nobody looks at more.
 * @throws ChatError where a page is none.
 */
export async function readAllPages<T>(read: Read<T>, most: number): Promise<readonly T[]> {
  return (await readPages(read, most)).items
}

/**
 * Reads a list from a place on until so many are there, and tells where it goes on.
 * @throws ChatError where a page is none.
 */
export async function readPages<T>(read: Read<T>, most: number, from?: Cursor): Promise<Page<T>> {
  const items: T[] = []
  for (let cursor = from; ;) {
    const page = await read(cursor)
    if (!page) return { items }
    if (!Array.isArray(page.items)) throw unreadable()
    items.push(...page.items)
    // A cursor that is none, or leads back to itself, would never end.
    if (typeof page.next !== 'string' || page.next === cursor) return { items }
    cursor = page.next
    if (items.length >= most) return { items, next: cursor }
  }
}
