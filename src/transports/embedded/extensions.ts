import type { BatchResult, Texts, UserId } from '../../model'
import { requireKeptMessage, requireMessage, tellChanged } from './changeMessage'
import { checkedId, checkedList, checkedRecord, checkedText } from './checkedValues'
import { FIELD_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { refusals } from './refusals'
import type { Reading } from './storage/storage'

/** Sets and deletes key/values of a message, each by itself: whoever writes a key last has it (E4). */
export async function setExtensions(
  change: Change,
  userId: UserId,
  ref: unknown,
  set: unknown,
  deleted: unknown,
): Promise<BatchResult> {
  const wanted = checkedExtensions(set)
  const goneKeys = checkedList(deleted, 'deleted', LIMITS.extensionCount, checkedKey)
  const { row } = await requireKeptMessage(change, userId, ref)
  const { message, deletedExtensions = [] } = row
  if (message.recalled) throw refusals.messageRecalled()
  if (!message.hasExtensions) throw refusals.unsupported()
  const kept = Object.entries(message.extensions ?? {}).filter(([key]) => !goneKeys.includes(key))
  const extensions = { ...Object.fromEntries(kept), ...wanted }
  if (Object.keys(extensions).length > LIMITS.extensionCount) throw refusals.extensionsFull()
  const gone = [...new Set([...deletedExtensions, ...goneKeys])].filter(
    (key) => !Object.hasOwn(extensions, key),
  )
  await change.put('messages', {
    ...row,
    message: { ...message, extensions },
    deletedExtensions: gone.slice(-LIMITS.extensionCount),
  })
  tellChanged(change, row, 'extensions')
  return { done: [...Object.keys(wanted), ...goneKeys], pending: [], failed: [] }
}

/** The key/values of a message as they stand. */
export async function extensionsOf(reading: Reading, userId: UserId, ref: unknown): Promise<Texts> {
  const { row } = await requireMessage(reading, userId, ref)
  return row.message.extensions ?? {}
}

function checkedKey(value: unknown): string {
  const key = checkedId(value, 'a key', FIELD_BYTES.extensionKey)
  // Assigned, the second would name no value.
  if (key === '' || key === '__proto__') throw refusals.invalid('a key must be a name')
  return key
}

function checkedExtensions(value: unknown): Texts {
  const entries = Object.entries(checkedRecord(value, 'set'))
  if (entries.length > LIMITS.extensionCount) throw refusals.extensionsFull()
  return Object.fromEntries(
    entries.map(([key, text]) => [checkedKey(key), checkedText(text, 'an extension', LIMITS.extensionBytes)]),
  )
}
