import { splitUnproven } from '../core/timeline'
import type { Span } from '../core/timeline'
import type { ConversationId } from '../model'
import type { Reading } from '../storage'
import type { Batch } from './batch'
import type { Rows } from './rows'

/** What the rows can be read with: within a flush or without. */
type Tables = Pick<Reading<Rows>, 'get' | 'range'> | Batch

/** Which sign-in's events make a stretch a followed one. */
export async function epochOf(tables: Tables): Promise<number> {
  const row = await getFrom(tables, 'meta', 'epoch')
  return row?.id === 'epoch' ? row.value : 0
}

/** The stretches of a conversation as they hold now, oldest first. */
export async function spansOf(tables: Tables, id: ConversationId): Promise<readonly Span[]> {
  const spans = (await getFrom(tables, 'spans', id))?.spans ?? []
  if (!spans.some(({ provenTo }) => provenTo)) return spans
  const epoch = await epochOf(tables)
  const split: Span[] = []
  for (const span of spans) {
    if (!span.provenTo || span.liveEpoch === epoch) {
      split.push(span)
      continue
    }
    const range = { from: [id, ...span.provenTo, []], to: [id, ...span.to] }
    const rows = await tables.range('messages', range)
    split.push(
      ...splitUnproven(
        span,
        rows.map(({ major, minor, tie }) => [major, minor, tie]),
      ),
    )
  }
  return split
}

/** Writes what a change makes of the stretches of a conversation. */
export async function changeSpans(
  batch: Batch,
  conversationId: ConversationId,
  change: (spans: readonly Span[]) => readonly Span[],
): Promise<void> {
  const spans = change(await spansOf(batch, conversationId))
  if (spans.length > 0) batch.put('spans', { conversationId, spans })
  else batch.delete('spans', conversationId)
}

/** True where the messages of a conversation are numbered without holes. */
export async function isDense(batch: Batch, conversationId: ConversationId): Promise<boolean> {
  return (await batch.get('conversations', conversationId))?.conversation?.isDense ?? false
}

/** Both ways of reading find a row by its key; TypeScript sees two different calls. */
function getFrom<T extends 'meta' | 'spans'>(
  tables: Tables,
  table: T,
  key: string,
): Promise<Rows[T] | undefined> {
  return (tables as Pick<Reading<Rows>, 'get'>).get(table, key)
}
