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

/** Both ways of reading find a row by its key; TypeScript sees two different calls. */
function getFrom<T extends 'meta' | 'spans'>(
  tables: Tables,
  table: T,
  key: string,
): Promise<Rows[T] | undefined> {
  return (tables as Pick<Reading<Rows>, 'get'>).get(table, key)
}
