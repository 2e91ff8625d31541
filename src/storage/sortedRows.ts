import { compareKeys } from './compareKeys'
import type { Key } from './compareKeys'

/** A row under its key. */
export interface Entry {
  readonly key: Key
  readonly row: object
}

/** Big enough that a million rows are few chunks, small enough that an insertion moves little. */
const MOST_IN_CHUNK = 512

/** Rows in the order of their keys, in chunks, so that putting one in moves a few neighbours and not all that follow. */
export class SortedRows {
  private chunks: Entry[][] = []

  get(key: Key): Entry | undefined {
    const chunk = this.chunks[this.chunkFor(key)]
    const entry = chunk?.[lowerBound(chunk, key)]
    return entry && compareKeys(entry.key, key) === 0 ? entry : undefined
  }

  last(): Entry | undefined {
    return this.chunks.at(-1)?.at(-1)
  }

  /** Puts a row in and gives back what was under its key. */
  put(entry: Entry): Entry | undefined {
    const chunkIndex = this.chunkFor(entry.key)
    const chunk = this.chunks[chunkIndex]
    if (!chunk) {
      this.chunks.push([entry])
      return undefined
    }
    const index = lowerBound(chunk, entry.key)
    const former = chunk[index]
    if (former && compareKeys(former.key, entry.key) === 0) {
      chunk[index] = entry
      return former
    }
    chunk.splice(index, 0, entry)
    if (chunk.length > MOST_IN_CHUNK) this.split(chunkIndex, chunk, index)
    return undefined
  }

  delete(key: Key): Entry | undefined {
    const chunkIndex = this.chunkFor(key)
    const chunk = this.chunks[chunkIndex]
    if (!chunk) return undefined
    const index = lowerBound(chunk, key)
    const former = chunk[index]
    if (!former || compareKeys(former.key, key) !== 0) return undefined
    chunk.splice(index, 1)
    if (chunk.length === 0) this.chunks.splice(chunkIndex, 1)
    return former
  }

  count(from?: Key, to?: Key): number {
    let count = 0
    this.eachSlice(from, to, (chunk, start, end) => {
      count += end - start
      return chunk.length > 0
    })
    return count
  }

  list(from?: Key, to?: Key, limit = Infinity): Entry[] {
    const found: Entry[] = []
    this.eachSlice(from, to, (chunk, start, end) => {
      for (let i = start; i < end && found.length < limit; i++) found.push(chunk[i] as Entry)
      return found.length < limit
    })
    return found
  }

  /** As `list`, from the highest key down. */
  listReverse(from?: Key, to?: Key, limit = Infinity): Entry[] {
    const found: Entry[] = []
    let chunkIndex = Math.min(to === undefined ? Infinity : this.chunkFor(to), this.chunks.length - 1)
    for (; chunkIndex >= 0 && found.length < limit; chunkIndex--) {
      const chunk = this.chunks[chunkIndex] as Entry[]
      const start = from === undefined ? 0 : lowerBound(chunk, from)
      let i = to === undefined ? chunk.length : upperBound(chunk, to)
      while (--i >= start && found.length < limit) found.push(chunk[i] as Entry)
      if (start > 0) break
    }
    return found
  }

  private eachSlice(
    from: Key | undefined,
    to: Key | undefined,
    take: (chunk: readonly Entry[], start: number, end: number) => boolean,
  ): void {
    for (let i = from === undefined ? 0 : this.chunkFor(from); i < this.chunks.length; i++) {
      const chunk = this.chunks[i] as Entry[]
      const start = from === undefined ? 0 : lowerBound(chunk, from)
      const end = to === undefined ? chunk.length : upperBound(chunk, to)
      if (end > start && !take(chunk, start, end)) return
      if (end < chunk.length) return
    }
  }

  /** Rows mostly come in order: a chunk that grows at its end is left full. */
  private split(chunkIndex: number, chunk: Entry[], grownAt: number): void {
    const at = grownAt === chunk.length - 1 ? grownAt : chunk.length >> 1
    this.chunks.splice(chunkIndex + 1, 0, chunk.splice(at))
  }

  /** The last chunk that begins at this key or before, else the first. */
  private chunkFor(key: Key): number {
    const past = firstIndex(this.chunks, (chunk) => compareKeys((chunk[0] as Entry).key, key) > 0)
    return Math.max(0, past - 1)
  }
}

function lowerBound(entries: readonly Entry[], key: Key): number {
  return firstIndex(entries, (entry) => compareKeys(entry.key, key) >= 0)
}

function upperBound(entries: readonly Entry[], key: Key): number {
  return firstIndex(entries, (entry) => compareKeys(entry.key, key) > 0)
}

function firstIndex<T>(items: readonly T[], isPast: (item: T) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(items[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}
