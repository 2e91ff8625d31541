import { isOutboxItem } from '../core/outbox'
import type { Clock, OutboxStore } from '../core/ports'
import { catalogueError } from '../core/errors'
import { EMPTY_DRAFT, isChatError, plainError } from '../model'
import type { ChatErrorShape, ConversationId, OutboxItem, ChatError } from '../model'
import type { Reading, Step, Storage, Writing } from '../storage'
import { canBeCopied } from './batch'
import type { Rows } from './rows'

/** All items in the order they were added. */
export async function outboxItems(reading: Reading<Rows>): Promise<readonly OutboxItem[]> {
  const order = await reading.range('outboxOrder', {})
  const rows = await reading.getMany(
    'outbox',
    order.map(({ id }) => id),
  )
  // What nobody can read stays where it is, for a version that can.
  return rows.flatMap((row) => (isOutboxItem(row?.item) ? [row.item] : []))
}

/** Commands on their way out, over the tables all tabs share. `onDraftCleared`: a draft that waits to be written is over. */
export function createOutboxTable(
  storage: Storage<Rows>,
  clock: Clock,
  onDraftCleared: (id: ConversationId) => void,
): OutboxStore {
  return {
    async add(item, clearsDraftOf) {
      // One item that cannot be written says nothing about the database.
      if (!canBeCopied(storable(item))) throw uncopyable()
      const steps: Step<Rows>[] = [
        { table: 'outbox', put: { id: item.id, item: storable(item) } },
        { table: 'outboxOrder', put: { id: item.id } },
      ]
      if (clearsDraftOf !== undefined) {
        onDraftCleared(clearsDraftOf)
        const row = { conversationId: clearsDraftOf, draft: EMPTY_DRAFT, sentAt: clock.now() }
        steps.push({ table: 'drafts', put: row })
      }
      await storage.writeNow(steps)
    },
    all: () => unlessClosed(() => storage.read(['outbox', 'outboxOrder'], outboxItems), []),
    change: (id, change) =>
      unlessClosed(
        () =>
          storage.write(['outbox', 'outboxOrder'], async (writing) => {
            const row = await writing.get('outbox', id)
            if (!isOutboxItem(row?.item)) return undefined
            const next = change(row.item)
            if (next) await writing.put('outbox', { id, item: storable(next) })
            else await forget(writing, id)
            return next
          }),
        undefined,
      ),
  }
}

/** Whoever still works when the cache is closed is told that nothing is here; the items wait for the next one. */
async function unlessClosed<R>(work: () => Promise<R>, otherwise: R): Promise<R> {
  try {
    return await work()
  } catch (thrown) {
    if (isChatError(thrown) && thrown.code === 'cache-closed') return otherwise
    throw thrown
  }
}

async function forget(writing: Writing<Rows>, id: string): Promise<void> {
  await writing.delete('outbox', id)
  for (const row of await writing.range('outboxOrder', {})) {
    if (row.id === id && row.position !== undefined) await writing.delete('outboxOrder', row.position)
  }
}

/** Errors are objects of a class and may hold anything, which a failure of the write would be taken for one of the database. */
function storable(item: OutboxItem): OutboxItem {
  return item.error ? { ...item, error: storableError(item.error) } : item
}

function storableError(error: ChatErrorShape): ChatErrorShape {
  const plain = plainError(error)
  if (canBeCopied(plain)) return plain
  const { latest: _latest, ...bare } = plain
  if (canBeCopied(bare)) return bare
  const effect = error.effect === 'none' ? 'none' : 'unknown'
  return plainError(catalogueError('parley', 'unexpected', { effect }))
}

function uncopyable(): ChatError {
  return catalogueError('parley', 'cannot-be-kept')
}
