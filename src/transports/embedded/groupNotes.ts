import { groupRights } from '../../core/groups'
import { utf8ByteLength } from '../../core/text'
import type { GroupId, Texts, UserId } from '../../model'
import { checkedId, checkedList, checkedNumber, checkedRecord, checkedText } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireGroup, requireMember } from './members'
import { refusals } from './refusals'
import type { Reading } from './storage/storage'

type Counters = Readonly<Record<string, number>>

/** What a group has noted down (I8). */
export async function readAttributes(reading: Reading, userId: UserId, groupId: GroupId): Promise<Texts> {
  const { group } = await requireMembership(reading, userId, groupId)
  return group.attributes ?? {}
}

/** The counters of a group. */
export async function readCounters(reading: Reading, userId: UserId, groupId: GroupId): Promise<Counters> {
  const { group } = await requireMembership(reading, userId, groupId)
  return group.counters ?? {}
}

/**
 * Writes and deletes attributes, all or none; whoever may edit the profile may. `known` is what the writer took them for: where
 * one of those he writes has become another since, nothing is written (10056).
 */
export async function writeAttributes(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  given: { readonly set: unknown; readonly deleted: unknown },
  known: Texts | undefined,
): Promise<Texts> {
  const set = checkedAttributes(given.set)
  const deleted = checkedList(given.deleted, 'deleted', LIMITS.attributeCount, checkedKey)
  const { group, member } = await requireMembership(change, userId, groupId)
  if (!groupRights(group.type, member.role).canEditProfile) throw refusals.noRight()
  const old = group.attributes ?? {}
  const touched = [...Object.keys(set), ...deleted]
  if (known && touched.some((key) => known[key] !== old[key])) throw refusals.attributesChanged()
  const kept = Object.entries({ ...old, ...set }).filter(([key]) => !deleted.includes(key))
  requireRoomFor(kept)
  const attributes = Object.fromEntries(kept)
  await change.put('groups', { ...group, attributes })
  change.tell(
    { conversationId: groupConversationId(groupId) },
    { kind: 'group-notes', groupId, what: 'attributes', keys: touched },
  )
  return attributes
}

/** Sets a counter or adds to it, and gives what it says then; every member may. */
export async function writeCounter(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  keyGiven: unknown,
  changeGiven: unknown,
): Promise<number> {
  const key = checkedKey(keyGiven)
  const fields = checkedRecord(changeGiven, 'the change')
  const { group } = await requireMembership(change, userId, groupId)
  const old = group.counters ?? {}
  // Only its own: every object has a `constructor`.
  const known = Object.hasOwn(old, key) ? (old[key] ?? 0) : 0
  const value =
    fields['set'] !== undefined
      ? checkedNumber(fields['set'], 'set')
      : checkedNumber(known + checkedNumber(fields['add'], 'add'), 'the sum')
  const counters = { ...old, [key]: value }
  if (Object.keys(counters).length > LIMITS.counterCount) throw refusals.tooManyCounters()
  await change.put('groups', { ...group, counters })
  change.tell(
    { conversationId: groupConversationId(groupId) },
    { kind: 'group-notes', groupId, what: 'counters', keys: [key] },
  )
  return value
}

async function requireMembership(reading: Reading, userId: UserId, groupId: GroupId) {
  const { group, conversation } = await requireGroup(reading, groupId)
  const { member } = await requireMember(reading, conversation.id, userId)
  return { group, member }
}

function checkedKey(key: unknown): string {
  const id = checkedId(key, 'a key', Infinity)
  // Assigned, it would name no value.
  if (id === '' || id === '__proto__') throw refusals.invalid('a key must be a name')
  if (utf8ByteLength(id) > LIMITS.attributeKeyBytes) throw refusals.attributeKeyTooLong()
  return id
}

function checkedAttributes(given: unknown): Texts {
  const entries = Object.entries(checkedRecord(given, 'set'))
  return Object.fromEntries(
    entries.map(([key, value]) => [
      checkedKey(key),
      checkedText(value, 'a value', LIMITS.attributeBytes, refusals.attributeTooLong),
    ]),
  )
}

function requireRoomFor(entries: readonly (readonly [string, string])[]): void {
  if (entries.length > LIMITS.attributeCount) throw refusals.tooManyAttributes()
  const bytes = entries.reduce((sum, [key, value]) => sum + utf8ByteLength(key) + utf8ByteLength(value), 0)
  if (bytes > LIMITS.attributesTotalBytes) throw refusals.attributesTooLong()
}
