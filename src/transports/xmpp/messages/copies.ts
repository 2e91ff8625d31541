import { isClientKey } from '../../../model'
import type { Message, MessageKey } from '../../../model'
import { NS } from '../wire/namespaces'
import { elementOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/**
 * What a server had in hand when it died goes again, under the same name, so an archive may hold it twice: where it stands
 * first is its place. Stamps of whole seconds do not tell which is first, so the copy says that it is one.
 */
export function asCopy(stanza: Xml): Xml {
  if (isCopy(stanza)) return stanza
  return { ...stanza, children: [...stanza.children, xml('copy', { xmlns: NS.parleyCopy })] }
}

/** Whether a stanza says that it was sent before. */
export function isCopy(stanza: Xml): boolean {
  return elementOf(stanza, 'copy', NS.parleyCopy) !== undefined
}

/** The messages that stand here first; `before` is what stands before them. */
export function withoutCopies(messages: readonly Message[], before: readonly Message[]): readonly Message[] {
  const firstByKey = new Map<MessageKey, Message>()
  const isFirst = (message: Message): boolean => {
    const key = message.keys.find(isClientKey)
    const first = key === undefined ? undefined : firstByKey.get(key)
    if (key !== undefined && !first) firstByKey.set(key, message)
    return !first || JSON.stringify(first.parts) !== JSON.stringify(message.parts)
  }
  before.forEach(isFirst)
  return messages.filter(isFirst)
}
