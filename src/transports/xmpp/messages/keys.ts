import { clientKey } from '../../../model'
import type { MessageKey, UserId } from '../../../model'
import { NS } from '../wire/namespaces'
import { attrOf, elementOf } from '../wire/xml'
import type { Xml } from '../wire/xml'

const ARCHIVE = 'archive:'
const CLIENT = /^client:([^:]*):(.*)$/s

/** The name an archive gives a message: one's own for a person's, the room's for a room's. */
export function archiveKey(id: string): MessageKey {
  return `${ARCHIVE}${id}`
}

/** The id in an archive that a key holds. */
export function archiveIdIn(keys: readonly MessageKey[]): string | undefined {
  const key = textsIn(keys).find((one) => one.startsWith(ARCHIVE))
  return key?.slice(ARCHIVE.length)
}

/** The id its sender gave, and who that is. */
export function clientIdIn(
  keys: readonly MessageKey[] | undefined,
): { readonly senderId: UserId; readonly id: string } | undefined {
  const [, sender, id] =
    textsIn(keys)
      .map((key) => CLIENT.exec(key))
      .find((found) => found !== null) ?? []
  if (sender === undefined || !id) return undefined
  return { senderId: sender.replaceAll('%3A', ':').replaceAll('%25', '%'), id }
}

/** Callers hand in references of their own making. */
function textsIn(keys: unknown): readonly string[] {
  return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []
}

/** The id its sender gave a stanza. */
export function senderIdOf(stanza: Xml): string | undefined {
  return attrOf(elementOf(stanza, 'origin-id', NS.ids), 'id') ?? attrOf(stanza, 'id')
}

/** A key that only a message of this sender may carry. */
export function keyOfSender(senderId: UserId, id: string): MessageKey {
  return clientKey(senderId, id)
}
