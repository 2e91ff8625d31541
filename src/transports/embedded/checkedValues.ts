import { normaliseText, utf8ByteLength } from '../../core/text'
import type { Json, UserId } from '../../model'
import { FIELD_BYTES, LIMITS, MESSAGE_ROOM_BYTES } from './limits'
import { refusals } from './refusals'

const HALF_CHARACTER = /\p{Surrogate}/gu
// eslint-disable-next-line no-control-regex -- finding control characters is what this is for
const UNFIT_FOR_IDS = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/
const JSON_DEPTH = 32
/** Deeper than merged messages may lie in each other, each level being four values deep. */
const MOST_DEPTH = 1000
/** What a value that is no text counts for. */
const VALUE_BYTES = 4

/** Makes the refusal of a value that is too big. */
type Refuse = () => Error

/** True when the text fits; a monstrous one is not even measured. */
export function fitsBytes(text: string, bytes: number): boolean {
  return text.length <= bytes && utf8ByteLength(text) <= bytes
}

/** A text of at most `bytes` bytes, cleaned of what a wire does not carry (B2). */
export function checkedText(
  value: unknown,
  what: string,
  bytes: number,
  refuse: Refuse = () => refusals.fieldTooLong(what),
): string {
  return fitting(cleaned(value, what, refuse), bytes, refuse)
}

/** A text as `checkedText` has it, on one line. */
export function checkedLine(
  value: unknown,
  what: string,
  bytes: number,
  refuse: Refuse = () => refusals.fieldTooLong(what),
): string {
  return fitting(cleaned(value, what, refuse).replace(/[\t\n]/g, ' '), bytes, refuse)
}

function cleaned(value: unknown, what: string, refuse: Refuse): string {
  if (typeof value !== 'string') throw refusals.invalid(`${what} must be a text`)
  // What no field can hold is not worth cleaning.
  if (value.length > MESSAGE_ROOM_BYTES) throw refuse()
  return normaliseText(value)
}

function fitting(text: string, bytes: number, refuse: Refuse): string {
  if (!fitsBytes(text, bytes)) throw refuse()
  return text
}

/** A name that is compared and looked up: cleaned it would be another name, so an unclean one is refused. */
export function checkedId(value: unknown, what: string, bytes: number = FIELD_BYTES.id): string {
  if (typeof value !== 'string') throw refusals.invalid(`${what} must be a text`)
  if (!fitsBytes(value, bytes)) throw refusals.invalid(`${what} is longer than ${bytes} bytes`)
  if (UNFIT_FOR_IDS.test(value)) throw refusals.invalid(`${what} holds control characters or half ones`)
  return value
}

/** Absent, or what `check` makes of it. */
export function checkedOptional<T>(value: unknown, check: (given: unknown) => T): T | undefined {
  return value === undefined ? undefined : check(value)
}

/** A user id of 1 to 32 printable ASCII bytes (G9). */
export function checkedUserId(value: unknown): UserId {
  if (typeof value !== 'string' || value.length > LIMITS.userIdBytes || !PRINTABLE_ASCII.test(value))
    throw refusals.badUserId()
  return value
}

/** True for a group id somebody may choose (I7). */
export function isGroupId(id: unknown): id is string {
  return (
    typeof id === 'string' &&
    id.length <= LIMITS.groupIdBytes &&
    PRINTABLE_ASCII.test(id) &&
    !id.startsWith('@TGS#')
  )
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

/**
 * Refuses a value that takes more than `bytes`, before anything else looks at it: its texts, and a little for all the
 * rest. What is referred to twice counts twice, for a copy would unfold it.
 */
export function requireRoom(value: unknown, what: string, bytes: number, refuse: Refuse): void {
  let left = bytes
  const take = (taken: number) => {
    left -= taken
    if (left < 0) throw refuse()
  }
  const takeText = (text: string) => take(text.length > left ? text.length : utf8ByteLength(text))
  const takeAll = (item: unknown, depth: number): void => {
    if (depth > MOST_DEPTH) throw refusals.invalid(`${what} is nested too deep`)
    if (typeof item === 'string') return takeText(item)
    take(VALUE_BYTES)
    // The bytes of a file are measured where they are read.
    if (typeof item !== 'object' || item === null || ArrayBuffer.isView(item)) return
    if (Array.isArray(item)) {
      for (const element of item) takeAll(element, depth + 1)
      return
    }
    for (const [key, field] of Object.entries(item)) {
      takeText(key)
      takeAll(field, depth + 1)
    }
  }
  takeAll(value, 0)
}

/** A copy of a JSON value that shares nothing with the caller's and takes at most `bytes`. */
export function checkedJson(
  value: unknown,
  what: string,
  bytes: number,
  refuse: Refuse = () => refusals.fieldTooLong(what),
): Json {
  requireRoom(value, what, bytes, refuse)
  return jsonCopy(value, what, 0)
}

function jsonCopy(value: unknown, what: string, depth: number): Json {
  if (depth > JSON_DEPTH) throw refusals.invalid(`${what} is nested too deep`)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return checkedNumber(value, what)
  if (typeof value === 'string') return wellFormed(value)
  const copyOf = (item: unknown) => jsonCopy(item, what, depth + 1)
  if (Array.isArray(value)) return Array.from(value, copyOf)
  const copy: Record<string, Json> = {}
  for (const [key, item] of Object.entries(checkedRecord(value, what))) {
    // Assigned, it would change the copy's prototype instead of naming a value.
    if (key === '__proto__') throw refusals.invalid(`${what} must not be named __proto__`)
    copy[wellFormed(key)] = copyOf(item)
  }
  return copy
}

/** The app's own data stays as it is, escapes and all; only half characters no wire can carry. */
function wellFormed(text: string): string {
  return text.replace(HALF_CHARACTER, '\ufffd')
}

/** The object without its undefined fields, as exact optional properties want it. */
export function compact<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}
