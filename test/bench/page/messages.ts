import type { Message } from '../../../src/model'
import { createRandom } from '../../../src/core/random'

/** The conversation that is measured. */
export const CONVERSATION = 'c1'
/** How many messages a conversation begins with, and an opening shows. */
export const HISTORY = 20
const STARTED_AT = Date.UTC(2026, 0, 5, 8)
const WORDS =
  'the plan for tuesday looks good but we should ask about room two and bring the notes again'.split(' ')

/** What stands in the message of this number: from a word to a few lines. */
export function textAt(seq: number): string {
  const count = 1 + ((seq * 7) % 23)
  const words = Array.from({ length: count }, (_, index) => WORDS[(seq + index * 5) % WORDS.length])
  return `${seq}: ${words.join(' ')}`
}

/** A stored message as a server tells it, one of `senders` people's. */
export function messageAt(seq: number, senderId: string): Message {
  return {
    conversationId: CONVERSATION,
    keys: [`seq:1:${seq}`],
    senderId,
    sentAt: STARTED_AT + seq * 20_000,
    order: { major: seq },
    parts: [{ kind: 'text', text: textAt(seq) }],
    delivery: 'stored',
  }
}

/** The messages of these numbers, two by two of the same person, of `senderCount` people. */
export function messagesFrom(first: number, count: number, senderCount = 8): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = first + index
    return messageAt(seq, `user-${((seq >> 1) * 5) % senderCount}`)
  })
}

/** The sizes of live batches: one to twenty messages, the same ones every time. */
export function* batchSizes(total: number): Generator<number> {
  const random = createRandom(7)
  for (let left = total; left > 0;) {
    const size = Math.min(left, random.between(1, 20))
    left -= size
    yield size
  }
}
