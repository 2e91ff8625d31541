import { LAST_MOMENT } from '../../model'
import type { EpochMs, Json } from '../../model'
import { truncateToBytes } from '../text'

/**
 * Reads a value that somebody else made. Gives the value itself where all of it can be trusted, a copy with nothing but
 * what can be trusted where something had to be mended, and undefined where nothing usable is left.
 */
export type Sound<T = unknown> = (told: unknown) => T | undefined
/** What to make of each field. */
export type Fields = Readonly<Record<string, Sound>>

/** No backend has longer ids: a JID is the longest. */
const MOST_ID_LENGTH = 3_071
/** A key may be made of two ids. */
const MOST_KEY_LENGTH = 4 * MOST_ID_LENGTH
/** A longer list inside one noun helps nobody who reads it. */
const MOST_ITEMS = 10_000
const MOST_ENTRIES = 1_000
/** App data: enough for every payload a backend carries, and no way to overflow a stack with it. */
const MOST_JSON_DEPTH = 64
const MOST_JSON_NODES = 20_000
const MOST_JSON_LENGTH = 300_000
/** 2100: nothing has happened later, so whoever says so counts in another unit. */
const LATEST_PAST = 4_102_444_800_000

/** True for an object that has fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An id as it is: one that is too long names nothing. */
export const id: Sound<string> = (told) => bounded(told, MOST_ID_LENGTH)

/** A name of a message. */
export const key: Sound<string> = (told) => bounded(told, MOST_KEY_LENGTH)

/** A name as people read it; a longer one is cut, for nobody reads it to its end. */
export const label: Sound<string> = cutTo(1_000)

/** A name of a file: turned around or pushed out of sight, its end would say that it is another kind of file. */
export const fileName: Sound<string> = (told) =>
  label(told)
    ?.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\s{3,}/gu, ' ')

/** A paragraph as people read it. */
export const prose: Sound<string> = cutTo(20_000)

/** What somebody wrote, longer than any backend carries a message. */
export const writing: Sound<string> = cutTo(200_000)

/** An address: cut it would lead elsewhere. */
export const url: Sound<string> = (told) =>
  typeof told === 'string' && told.length <= MOST_JSON_LENGTH ? told : undefined

/** Yes or no. */
export const flag: Sound<boolean> = (told) => (typeof told === 'boolean' ? told : undefined)

/** Any number that can be calculated with. */
export const number: Sound<number> = (told) =>
  typeof told === 'number' && Number.isFinite(told) ? told : undefined

/** How many, how long or how large. */
export const amount: Sound<number> = (told) =>
  typeof told === 'number' && told >= 0 && told <= Number.MAX_SAFE_INTEGER ? told : undefined

/** A moment that may be to come. */
export const moment: Sound<EpochMs> = (told) =>
  typeof told === 'number' && told >= 0 && told <= LAST_MOMENT ? told : undefined

/** A moment at which something has happened. */
export const pastMoment: Sound<EpochMs> = (told) =>
  typeof told === 'number' && told >= 0 && told <= LATEST_PAST ? told : undefined

/** One of the words that are known. */
export function oneOf<T extends string>(...words: readonly T[]): Sound<T> {
  const known = new Set<unknown>(words)
  return (told) => (known.has(told) ? (told as T) : undefined)
}

/** `fallback` where nothing usable was told. */
export function or<T>(sound: Sound<T>, fallback: T): Sound<T> {
  return (told) => sound(told) ?? fallback
}

/** Null says that there is none any more. */
export function clearable<T>(sound: Sound<T>): Sound<T | null> {
  return (told) => (told === null ? null : sound(told))
}

/** A list without the items that cannot be read. */
export function list<T>(sound: Sound<T>, most = MOST_ITEMS): Sound<readonly T[]> {
  return (told) => {
    if (!Array.isArray(told)) return undefined
    const items: readonly unknown[] = told.length > most ? told.slice(0, most) : told
    let mended: T[] | undefined
    for (let index = 0; index < items.length; index++) {
      const item = sound(items[index])
      if (!mended && item !== undefined && item === items[index]) continue
      mended ??= items.slice(0, index) as T[]
      if (item !== undefined) mended.push(item)
    }
    return mended ?? (items as readonly T[])
  }
}

/**
 * An object of known fields. Without one of `needed` there is none; what is told amiss of the others, and whatever nobody
 * knows, is left out. Only what an object has of its own counts, so `__proto__` means nothing here.
 */
export function shape<T extends object>(needed: Fields, optional: Fields = {}): Sound<T> {
  const checks = [
    ...Object.entries(needed).map(([name, sound]) => ({ name, sound, isNeeded: true })),
    ...Object.entries(optional).map(([name, sound]) => ({ name, sound, isNeeded: false })),
  ]
  return (told) => {
    if (!isRecord(told)) return undefined
    const sound: Record<string, unknown> = {}
    let count = 0
    let isWhole = true
    for (const check of checks) {
      const value = Object.hasOwn(told, check.name) ? told[check.name] : undefined
      if (value === undefined && !check.isNeeded) continue
      const mended = check.sound(value)
      if (mended === undefined && check.isNeeded) return undefined
      if (mended !== value) isWhole = false
      if (mended === undefined) continue
      sound[check.name] = mended
      count++
    }
    return (isWhole && Object.keys(told).length === count ? told : sound) as T
  }
}

/** A patch: the fields that name the noun, and what is news of the others. */
export function patch<T extends object>(naming: Fields, kept: Fields, others: Fields): Sound<T> {
  const news = Object.fromEntries(Object.entries(others).map(([name, sound]) => [name, clearable(sound)]))
  return shape(naming, { ...kept, ...news })
}

/** A flat bag of values by name, without those that cannot be read. */
export function bag<T>(sound: Sound<T>): Sound<Readonly<Record<string, T>>> {
  return (told) => {
    if (!isRecord(told)) return undefined
    const entries = Object.entries(told)
    const readable = entries
      .filter(([name, value]) => id(name) && name !== '__proto__' && sound(value) !== undefined)
      .slice(0, MOST_ENTRIES)
    return (readable.length === entries.length ? told : Object.fromEntries(readable)) as Record<string, T>
  }
}

/** What JSON can hold, all of it or nothing: a payload of an app means nothing in parts. */
export const json: Sound<Json> = (told) => {
  let nodes = 0
  let length = 0
  function isJson(value: unknown, depth: number): boolean {
    if (++nodes > MOST_JSON_NODES || depth > MOST_JSON_DEPTH) return false
    if (typeof value === 'string') return (length += value.length) <= MOST_JSON_LENGTH
    if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return true
    if (typeof value !== 'object') return false
    if (Array.isArray(value)) {
      return value.length <= MOST_JSON_NODES && value.every((item) => isJson(item, depth + 1))
    }
    return Object.entries(value).every(
      ([name, field]) => name !== '__proto__' && isJson(name, depth + 1) && isJson(field, depth + 1),
    )
  }
  return isJson(told, 0) ? (told as Json) : undefined
}

function bounded(told: unknown, most: number): string | undefined {
  return typeof told === 'string' && told !== '' && told.length <= most ? told : undefined
}

function cutTo(most: number): Sound<string> {
  return (told) => {
    if (typeof told !== 'string') return undefined
    return told.length <= most ? told : truncateToBytes(told.slice(0, most), most)
  }
}
