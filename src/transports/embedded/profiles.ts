import type { ProfilesFacet } from '../../core/ports'
import type { Page, Profile } from '../../model'
import { asUser, makeCursor, readCursor } from './caller'
import type { Caller, SignIn } from './caller'
import {
  checkedId,
  checkedJson,
  checkedLine,
  checkedList,
  checkedRecord,
  checkedUserId,
  checkedWord,
  fitsBytes,
} from './checkedValues'
import { CUSTOM_ROOM_BYTES, FIELD_BYTES, LIMITS } from './limits'
import { isOwnPicture } from './ownPicture'
import { refusals } from './refusals'
import { shownProfile } from './shown'
import type { Reading } from './storage/storage'

const BATCH_SIZE = 100
const FOUND_SIZE = 20
const CUSTOM_KEY = /^[A-Za-z]{1,8}$/

/** Profiles of everybody; changes reach friends and the user's own devices. */
export function createProfilesFacet(caller: Caller): ProfilesFacet {
  const { engine } = caller
  return {
    batchSize: BATCH_SIZE,
    pushes: 'contacts',
    fetch: (ids) =>
      asUser(caller, async () => {
        const wanted = [...new Set(checkedList(ids, 'ids', BATCH_SIZE, (id) => checkedId(id, 'an id')))]
        const rows = await engine.read((reading) => reading.getMany('users', wanted))
        return {
          found: rows.flatMap((row) => (row ? [shownProfile(row)] : [])),
          missing: wanted.filter((_id, i) => rows[i] === undefined),
        }
      }),
    findUsers: (text, cursor) =>
      asUser(caller, (user) => engine.read((reading) => findPage(reading, user, text, cursor))),
    updateOwn: (patch) =>
      asUser(caller, async ({ userId }) => {
        const changes = checkedProfilePatch(patch)
        await engine.write(async (change) => {
          const old = await change.get('users', userId)
          await change.put('users', patched({ ...old, id: userId }, changes))
          change.tell({ friendsOf: userId }, { kind: 'profile', userId })
        })
      }),
  }
}

/** Those whose id or name holds the text, by id; the cursor names the last one given. */
async function findPage(
  reading: Reading,
  user: SignIn,
  text: unknown,
  cursor: string | undefined,
): Promise<Page<Profile>> {
  const wanted = fold(checkedLine(text, 'the text', FIELD_BYTES.label).trim())
  const after = cursor === undefined ? undefined : readCursor(user, 'users', cursor)
  const found = (await reading.range('users', {})).filter(
    ({ id, name }) =>
      wanted !== '' &&
      id !== user.userId &&
      (after === undefined || id > after) &&
      (fold(id).includes(wanted) || fold(name ?? '').includes(wanted)),
  )
  const given = found.slice(0, FOUND_SIZE)
  const last = given.at(-1)
  return {
    items: given.map(shownProfile),
    ...(last && given.length < found.length && { next: makeCursor(user, 'users', last.id) }),
  }
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** What a profile may say; null clears a field. */
export type ProfilePatch = { readonly [F in keyof Omit<Profile, 'id'>]?: Profile[F] | null }

/** The fields of a profile that are given, each within its bounds (G9). */
function checkedProfilePatch(value: unknown): ProfilePatch {
  const fields = checkedRecord(value, 'the profile')
  const patch: Record<string, unknown> = {}
  for (const [name, check] of Object.entries(FIELD_CHECKS)) {
    const given = fields[name]
    if (given !== undefined) patch[name] = given === null ? null : check(given)
  }
  return patch
}

const FIELD_CHECKS: Readonly<Record<string, (value: unknown) => unknown>> = {
  name: (value) => checkedValue(value, 'name'),
  avatar: (value) => (isOwnPicture(value) ? value : checkedValue(value, 'avatar')),
  signature: (value) => checkedValue(value, 'signature'),
  gender: (value) => checkedWord(value, 'gender', ['female', 'male', 'other']),
  addMode: (value) => checkedWord(value, 'addMode', ['free', 'ask', 'closed']),
  custom: checkedCustom,
}

function checkedValue(value: unknown, what: string): string {
  return checkedLine(value, what, LIMITS.profileValueBytes, refusals.profileValueTooLong)
}

function checkedCustom(value: unknown): unknown {
  const given = checkedRecord(value, 'custom')
  const custom = checkedJson(given, 'custom', CUSTOM_ROOM_BYTES, refusals.profileValueTooLong)
  for (const [key, item] of Object.entries(custom as object)) {
    if (!CUSTOM_KEY.test(key)) throw refusals.badProfileField()
    const text = typeof item === 'string' ? item : JSON.stringify(item)
    if (!fitsBytes(text, LIMITS.profileValueBytes)) throw refusals.profileValueTooLong()
  }
  return custom
}

/** The profile with the given fields set and those that are null taken away. */
export function patched(profile: Profile, patch: ProfilePatch): Profile {
  const fields = Object.entries({ ...profile, ...patch }).filter(([, value]) => value !== null)
  return Object.fromEntries(fields) as unknown as Profile
}

/** A profile handed in by an app, with its id. */
export function checkedProfile(value: unknown): { readonly id: string; readonly patch: ProfilePatch } {
  return { id: checkedUserId(checkedRecord(value, 'the profile')['id']), patch: checkedProfilePatch(value) }
}
