import type { ConversationId } from '../../src/model'
import { createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'

/** A conversation and who is in it. */
export interface Place {
  readonly id: ConversationId
  readonly memberIds: readonly string[]
}

/** Who plays. */
export const PEOPLE = ['ann', 'ben', 'cleo']

/** Three people; each two have a conversation, and there are two groups of all. */
export async function furnish(
  service: EmbeddedService,
  settle: () => Promise<void>,
): Promise<readonly Place[]> {
  for (const id of PEOPLE) await service.addUser({ id })
  const made: Place[] = []
  for (const [index, userId] of PEOPLE.entries()) {
    const transport = createEmbeddedTransport({ service })
    transport.connect({ userId, credentials: async () => ({ secret: '' }) })
    await settle()
    for (const otherId of PEOPLE.slice(index + 1)) {
      const { id } = await transport.conversations.open({ userId: otherId })
      made.push({ id, memberIds: [userId, otherId] })
    }
    if (index < 2) {
      const others = PEOPLE.filter((id) => id !== userId)
      const created = await transport.groups?.create({ type: 'meeting', name: `group ${index}` }, others)
      const { id } = await transport.conversations.open({ groupId: created?.group.id ?? '' })
      made.push({ id, memberIds: PEOPLE })
    }
    await transport.disconnect()
  }
  return made
}
