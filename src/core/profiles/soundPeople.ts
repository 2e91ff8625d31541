import type { Group, Profile } from '../../model'
import { utf8ByteLength } from '../text'

/** No backend has longer ids: a JID is the longest. */
const MOST_ID_BYTES = 3_071
const GENDERS = ['female', 'male', 'other']
const ADD_MODES = ['free', 'ask', 'closed']
const GROUP_TYPES = ['work', 'public', 'meeting', 'live', 'community']
const GROUP_STATES = ['joined', 'not-joined', 'dissolved', 'unknown']
const OPENNESSES = ['free', 'approval', 'closed']

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => Number.isFinite(value)
const isFlag: Check = (value) => typeof value === 'boolean'
const isRecord: Check = (value) => typeof value === 'object' && value !== null
const isOneOf = (words: readonly string[]): Check => {
  return (value) => typeof value === 'string' && words.includes(value)
}

const PROFILE_FIELDS: Readonly<Record<Exclude<keyof Profile, 'id'>, Check>> = {
  name: isText,
  avatar: isText,
  signature: isText,
  gender: isOneOf(GENDERS),
  addMode: isOneOf(ADD_MODES),
  custom: (value) => value !== undefined,
  onlyInId: isText,
}
const GROUP_FIELDS: Readonly<Record<Exclude<keyof Group, 'id' | 'type' | 'state'>, Check>> = {
  name: isText,
  avatar: isText,
  intro: isText,
  announcement: isText,
  ownerId: isText,
  memberCount: isNumber,
  joining: isOneOf(OPENNESSES),
  inviting: isOneOf(OPENNESSES),
  isMuted: isFlag,
  isSaved: isFlag,
  bannedUntil: (value) => value === 'forever' || isNumber(value),
  me: (value) => isRecord(value) && isText((value as { userId?: unknown }).userId),
  custom: (value) => value !== undefined,
}

/** Whether asking for an id can make sense at all (G9): text without control characters, no longer than the backend allows. */
export function isAskableId(id: unknown, mostBytes = MOST_ID_BYTES): id is string {
  if (typeof id !== 'string' || id === '' || id.length > mostBytes) return false
  return utf8ByteLength(id) <= mostBytes && !/\p{Cc}/u.test(id)
}

/** Profiles of an answer that were asked for, with nothing but fields that can be trusted; the rest is dropped. */
export function soundProfiles(answer: unknown, asked: readonly string[]): readonly Profile[] {
  return soundNouns(answer, asked, (noun) => pick(noun, PROFILE_FIELDS) as Omit<Profile, 'id'>)
}

/** As `soundProfiles`, for groups; one of a type that nobody knows is dropped. */
export function soundGroups(answer: unknown, asked: readonly string[]): readonly Group[] {
  return soundNouns(answer, asked, (noun) => {
    if (!isOneOf(GROUP_TYPES)(noun['type'])) return undefined
    const state = isOneOf(GROUP_STATES)(noun['state']) ? noun['state'] : 'unknown'
    return { ...pick(noun, GROUP_FIELDS), type: noun['type'], state } as Omit<Group, 'id'>
  })
}

function soundNouns<T>(
  answer: unknown,
  asked: readonly string[],
  read: (noun: Readonly<Record<string, unknown>>) => T | undefined,
): readonly (T & { readonly id: string })[] {
  if (!Array.isArray(answer)) return []
  const open = new Set(asked)
  return answer.flatMap((noun: unknown) => {
    if (!isRecord(noun)) return []
    const record = noun as Readonly<Record<string, unknown>>
    const id = record['id']
    // Each id once: what comes first counts.
    if (typeof id !== 'string' || !open.delete(id)) return []
    const fields = read(record)
    return fields ? [{ ...fields, id }] : []
  })
}

function pick(noun: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>): object {
  return Object.fromEntries(
    Object.entries(checks)
      .filter(([field, isSound]) => Object.hasOwn(noun, field) && isSound(noun[field]))
      .map(([field]) => [field, noun[field]]),
  )
}
