import type { GroupId, TransportEvent } from '../../model'
import type { Knowledge } from './knowledge'
import type { Reading } from './storage/storage'

type Keys = ReadonlyMap<GroupId, ReadonlySet<string>>

/** What is new in what groups note down: which of these attributes and counters are how, or gone. */
export async function noteEvents(
  reading: Reading,
  knowledge: Knowledge,
  attributesByGroup: Keys,
  countersByGroup: Keys,
): Promise<readonly TransportEvent[]> {
  const events: TransportEvent[] = []
  for (const [groupId, keys] of attributesByGroup) {
    const attributes = (await reading.get('groups', groupId))?.attributes ?? {}
    if (knowledge.attributes(groupId)) knowledge.learnAttributes(groupId, attributes)
    events.push({
      type: 'attributes.changed',
      groupId,
      set: picked(attributes, keys),
      deleted: [...keys].filter((key) => !Object.hasOwn(attributes, key)),
    })
  }
  for (const [groupId, keys] of countersByGroup) {
    const counters = (await reading.get('groups', groupId))?.counters ?? {}
    events.push({ type: 'counters.changed', groupId, counters: picked(counters, keys) })
  }
  return events
}

function picked<T>(bag: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => keys.has(key)))
}
