import { expect, it, vi } from 'vitest'
import type * as keeperDoor from '../../src/cache/messageKeeper'
import type * as timelineDoor from '../../src/core/timeline/timeline'
import type { Message } from '../../src/model'
import { playStory } from './story'
import type { Sabotage } from './tab'

// The shipped code, but for its memory of what was deleted and cleared.
vi.mock('../../src/core/timeline/timeline', async (importOriginal) => {
  const original = await importOriginal<typeof timelineDoor>()
  class Forgetful extends original.Timeline {
    constructor(parts?: ConstructorParameters<typeof original.Timeline>[0]) {
      super(parts && { ...parts, removedKeys: new Set(), clearedUpToAt: -Infinity })
    }
  }
  return { ...original, Timeline: Forgetful }
})
vi.mock('../../src/cache/messageKeeper', async (importOriginal) => {
  const original = await importOriginal<typeof keeperDoor>()
  class Forgetful extends original.MessageKeeper {
    override isRemoved(): Promise<boolean> {
      return Promise.resolve(false)
    }
  }
  return { ...original, MessageKeeper: Forgetful }
})

/** A backend whose pages bring back what they once held. */
const roaming: Sabotage = (transport) => {
  const known = new Map<string, Message>()
  return {
    ...transport,
    messages: {
      ...transport.messages,
      history: async (request) => {
        const page = await transport.messages.history(request)
        for (const message of page.messages) known.set(message.keys.join(), message)
        const orders = page.messages.map(({ order }) => order?.major ?? 0)
        const [low = Infinity, high = -Infinity] = [orders[0], orders.at(-1)]
        const isWithin = ({ order, conversationId }: Message) =>
          conversationId === request.conversationId &&
          order !== undefined &&
          order.major > low &&
          order.major < high &&
          !orders.includes(order.major)
        const messages = [...page.messages, ...[...known.values()].filter(isWithin)]
        messages.sort((a, b) => (a.order?.major ?? 0) - (b.order?.major ?? 0))
        return { ...page, messages }
      },
    },
  }
}

it('stories fail where nobody remembers what was deleted', { timeout: 60_000 }, async () => {
  const wrong: string[] = []
  for (let seed = 1; seed <= 25 && wrong.length === 0; seed++) {
    if (seed % 10 === 0) continue
    const { wrong: more } = await playStory(seed, { sabotage: roaming })
    wrong.push(...more.filter((line) => line.includes('has come back')))
  }
  expect(wrong).not.toEqual([])
})
