import type { Sound } from './sound'

/** Counts what of an event has to be left out: one for each item of a list that the event tells. */
export class Tally {
  leftOut = 0

  /** The items that can be read; undefined where there is no list. Reading one may throw, which harms no other. */
  items<T>(told: unknown, sound: Sound<T>): readonly T[] | undefined {
    if (!Array.isArray(told)) return undefined
    const read: T[] = []
    for (let index = 0; index < told.length; index++) {
      const item = this.item(told, index, sound)
      if (item === undefined) this.leftOut++
      else read.push(item)
    }
    return read
  }

  private item<T>(told: readonly unknown[], index: number, sound: Sound<T>): T | undefined {
    try {
      return sound(told[index])
    } catch {
      return undefined
    }
  }
}
