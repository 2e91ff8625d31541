import type { Json, UserId } from '../../model'
import { refusals } from './refusals'

const LONE_SURROGATE = /\p{Surrogate}/u
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/
const JSON_DEPTH = 32

/** The size of a text on a wire. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** True when the text fits; a monstrous one is not even encoded. */
export function fitsBytes(text: string, bytes: number): boolean {
  return text.length <= bytes && utf8Bytes(text) <= bytes
}

/** A text that UTF-8 can carry, or a refusal. */
export function checkedText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw refusals.invalid(`${what} must be a text`)
  if (LONE_SURROGATE.test(value)) throw refusals.invalid(`${what} holds half a character`)
  return value
}

/** Absent, or a text. */
export function checkedOptionalText(value: unknown, what: string): string | undefined {
  return value === undefined ? undefined : checkedText(value, what)
}

/** A user id of 1 to 32 printable ASCII bytes (G9). */
export function checkedUserId(value: unknown): UserId {
  if (typeof value !== 'string' || value.length > 32 || !PRINTABLE_ASCII.test(value))
    throw refusals.badUserId()
  return value
}

/** True for a group id somebody may choose (I7). */
export function isGroupId(id: string): boolean {
  return id.length <= 48 && PRINTABLE_ASCII.test(id) && !id.startsWith('@TGS#')
}

/** A list of at most `most` things, each checked by `check`. */
export function checkedList<T>(
  value: unknown,
  what: string,
  most: number,
  check: (item: unknown) => T,
): readonly T[] {
  if (!Array.isArray(value)) throw refusals.invalid(`${what} must be a list`)
  if (value.length > most) throw refusals.invalid(`${what} holds more than ${most}`)
  // `Array.from` also visits holes, which `map` would keep.
  return Array.from(value, check)
}

/** A plain object whose fields can be looked at one by one. */
export function checkedRecord(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusals.invalid(`${what} must be an object`)
  }
  return value as Readonly<Record<string, unknown>>
}

/** A finite number. */
export function checkedNumber(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refusals.invalid(`${what} must be a number`)
  return value
}

/** One of the given words. */
export function checkedWord<const W extends string>(value: unknown, what: string, words: readonly W[]): W {
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw refusals.invalid(`${what} must be one of ${words.join(', ')}`)
  return word
}

/** How many things a value may hold in all: shared references would otherwise unfold without end. */
export interface Budget {
  left: number
}

/** Takes one thing off the budget. */
export function spend(budget: Budget, what: string): void {
  budget.left -= 1
  if (budget.left < 0) throw refusals.invalid(`${what} holds too much`)
}

/** A copy of a JSON value that shares nothing with the caller's. */
export function checkedJson(
  value: unknown,
  what: string,
  budget: Budget = { left: 20_000 },
  depth = 0,
): Json {
  if (depth > JSON_DEPTH) throw refusals.invalid(`${what} is nested too deep`)
  spend(budget, what)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return checkedNumber(value, what)
  if (typeof value === 'string') return checkedText(value, what)
  const copyOf = (item: unknown) => checkedJson(item, what, budget, depth + 1)
  if (Array.isArray(value)) return Array.from(value, copyOf)
  const copy: Record<string, Json> = {}
  for (const [key, item] of Object.entries(checkedRecord(value, what))) {
    // Assigned, it would change the copy's prototype instead of naming a value.
    if (key === '__proto__') throw refusals.invalid(`${what} must not be named __proto__`)
    copy[checkedText(key, what)] = copyOf(item)
  }
  return copy
}

/** The object without its undefined fields, as exact optional properties want it. */
export function compact<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}
