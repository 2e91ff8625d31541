import type { Cursor, Page } from '../../model'
import { unreadable } from './unreadable'

type Read<T> = (cursor: Cursor | undefined) => Promise<Page<T>> | undefined

/** A backend may look through some stretches of a list in which there is nothing; one that goes on like that says nothing. */
const MOST_EMPTY_PAGES = 100

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
  const nextOf = createTrail(from)
  for (let cursor = from; ;) {
    const page = await read(cursor)
    if (!page) return { items }
    if (!Array.isArray(page.items)) throw unreadable()
    for (const item of page.items) items.push(item)
    cursor = nextOf(page)
    if (cursor === undefined) return { items }
    if (items.length >= most) return { items, next: cursor }
  }
}

/**
 * Follows the cursors of one list: gives the next one, and none where there is none or where it would never end, as with
 * cursors that lead back or pages that hold nothing.
 */
export function createTrail(from?: Cursor): (page: Page<unknown>) => Cursor | undefined {
  const walked = new Set<unknown>([from])
  let emptyCount = 0
  return ({ items, next }) => {
    emptyCount = items.length > 0 ? 0 : emptyCount + 1
    if (typeof next !== 'string' || walked.has(next) || emptyCount > MOST_EMPTY_PAGES) return undefined
    walked.add(next)
    return next
  }
}
