import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../src/model'
import { createConversationOrder } from '../../src/stores/conversationOrder'

const anyRow = fc.record({
  id: fc.constantFrom(...'abcdefgh'),
  isPinned: fc.option(fc.boolean(), { nil: undefined }),
  at: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  isGone: fc.boolean(),
})

function aRow({ id, isPinned, at }: { id: string; isPinned: boolean | undefined; at: number | undefined }) {
  return {
    id,
    kind: 'direct',
    ...(isPinned !== undefined && { isPinned }),
    ...(at !== undefined && { last: { conversationId: id, keys: [], sentAt: at } }),
  } satisfies Conversation
}

/** What the list must look like, sorted anew. */
function sortedAnew(rows: Iterable<Conversation>): readonly string[] {
  const rank = ({ isPinned, last, id }: Conversation) =>
    [isPinned ? 0 : 1, 9 - (last?.sentAt ?? 0), id].join('/')
  return [...rows].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(({ id }) => id)
}

describe('the order of conversations', () => {
  it('is pinned ones first, then the newest, whatever came, changed and went', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (steps) => {
        const order = createConversationOrder()
        const rows = new Map<string, Conversation>()
        for (const step of steps) {
          const known = rows.get(step.id)
          if (step.isGone) {
            if (known) order.take(known)
            rows.delete(step.id)
          } else {
            const next = aRow(step)
            order.place(known, next)
            rows.set(step.id, next)
          }
          expect(order.ids.value).toEqual(sortedAnew(rows.values()))
        }
      }),
    )
  })

  it('tells nothing where nothing has moved', () => {
    const order = createConversationOrder()
    const row = aRow({ id: 'a', isPinned: false, at: 1 })
    order.place(undefined, row)
    const before = order.ids.value
    order.place(row, { ...row, unreadCount: 3 })
    expect(order.ids.value).toBe(before)
  })
})
