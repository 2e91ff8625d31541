import type { EpochMs, Message } from '../../model'
import type { Audience, LogHeadRow, LogOp, LogRow } from './rows'
import { StorageFailure } from './storage/storage'
import type { Reading, Writing } from './storage/storage'

/** How many entries stay: who was away for longer reads everything anew. */
const KEPT_ENTRIES = 10_000
/** Trimming goes in strides, so that it is rare. */
const TRIM_STRIDE = 500

/** A writing transaction that tells what it changes. */
export interface Change extends Writing {
  /** The service's time. */
  readonly at: EpochMs
  readonly era: string
  /** Says that something changed; whoever it concerns reads it from the rows. */
  tell(audience: Audience, op: LogOp): void
  /** Says something in a live room once this is written; nobody keeps it. */
  pass(message: Message): void
  /** A name for a conversation built now, never used before and never again. */
  incarnation(): string
}

/** The head of the log; absent while the database is empty. */
export function readHead(reading: Reading): Promise<LogHeadRow | undefined> {
  return reading.get('heads', 'log')
}

/** The head of the log; without one this is no database of ours, as when somebody has wiped it. */
export async function requireHead(reading: Reading): Promise<LogHeadRow> {
  const head = await readHead(reading)
  if (!head) throw new StorageFailure(new Error('the database is empty'))
  return head
}

/** Runs `work` and appends what it tells, in one transaction; `pass` is given what it says in live rooms. */
export async function withChange<R>(
  writing: Writing,
  at: EpochMs,
  work: (change: Change) => Promise<R>,
  pass: (message: Message) => void = () => {},
): Promise<R> {
  const head = await requireHead(writing)
  const told: LogRow[] = []
  let incarnations = 0
  const result = await work({
    ...writing,
    at,
    era: head.era,
    tell: (audience, op) => {
      told.push({ position: head.head + told.length + 1, audience, op })
    },
    pass,
    incarnation: () => `${head.era}.${head.head}.${incarnations++}`,
  })
  if (told.length > 0) await append(writing, head, told)
  return result
}

async function append(writing: Writing, old: LogHeadRow, told: readonly LogRow[]): Promise<void> {
  const head = old.head + told.length
  const isLong = head - old.trimmed > KEPT_ENTRIES + TRIM_STRIDE
  const trimmed = isLong ? head - KEPT_ENTRIES : old.trimmed
  await writing.putMany('log', told)
  if (isLong) await writing.deleteRange('log', { from: 0, to: trimmed })
  await writing.put('heads', { ...old, head, trimmed })
}
