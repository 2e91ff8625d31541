import type { Checkpoint, ConversationId, TransportEvent, UserId } from '../../model'
import type { Engine } from './engine'
import { eventsOf } from './events'
import type { Knowledge } from './knowledge'
import { requireHead } from './log'
import { markDelivered } from './receipts'
import type { LogHeadRow, LogRow } from './rows'
import type { StandingOp } from './standing'

const STRETCH = 200

/** Follows the log for one signed-in user. */
export interface Tail {
  /** Finds its place; true when nothing was missed since the checkpoint. */
  start(checkpoint: Checkpoint | undefined): Promise<boolean>
  /** True while entries of before `start` are still to be read. */
  isBehind(): boolean
  /** Reads on to the end; calls while it reads are one more round. */
  pull(): Promise<void>
  checkpoint(): Checkpoint
  stop(): void
}
/** What a tail works with. */
export interface TailSetup {
  readonly engine: Engine
  readonly knowledge: Knowledge
  readonly userId: UserId
  emit(events: readonly TransportEvent[]): void
  /** How the user stands with the service has changed since the sign-in. */
  onStanding(ops: readonly StandingOp[]): void
  /** The log has been begun anew under the tail, so that all is in doubt. */
  onDiscontinuity(): void
}

/** What one reading of the log says. */
interface Stretch {
  readonly events: readonly TransportEvent[]
  readonly standing: readonly StandingOp[]
  readonly isEnd: boolean
  /** Up to which entry it reads. */
  readonly to: number
}

/** A tail that has not found its place yet. */
export function createTail(setup: TailSetup): Tail {
  const { engine, knowledge, userId, emit, onDiscontinuity } = setup
  let era = ''
  let position = 0
  /** Entries up to here were written before this sign-in. */
  let missedUntil = 0
  let isStopped = false
  let pulling: Promise<void> | undefined
  let isAskedAgain = false

  /** Moves over to the log as it is now; false when the place in the old one is worth nothing here. */
  function settle(head: LogHeadRow): boolean {
    const isSame = head.era === era || (head.formerEra !== undefined && head.formerEra === era)
    const isThere = isSame && position <= head.head && position >= head.trimmed
    era = head.era
    if (!isThere) position = head.head
    return isThere
  }

  async function readStretch(): Promise<Stretch> {
    return engine.read(async (reading) => {
      const head = await requireHead(reading)
      if (!settle(head)) {
        queueMicrotask(() => isStopped || onDiscontinuity())
        return { events: [], standing: [], isEnd: true, to: position }
      }
      const isLive = position >= missedUntil
      const to = isLive ? head.head : missedUntil
      const entries = await reading.range('log', { from: position + 1, to, limit: STRETCH })
      const events = await eventsOf(reading, knowledge, userId, entries, isLive)
      const readTo = entries.at(-1)?.position ?? to
      // What happened to sessions of before is not this one's.
      const standing = isLive ? standingOf(entries, userId) : []
      return { events, standing, isEnd: readTo >= head.head, to: readTo }
    })
  }

  async function pullAll(): Promise<void> {
    for (let isEnd = false; !isEnd && !isStopped;) {
      const before = checkpoint()
      const stretch = await readStretch()
      // Not while it is read: where the database breaks the same is read once more.
      position = stretch.to
      isEnd = stretch.isEnd
      if (isStopped) return
      const moved =
        checkpoint() === before ? [] : [{ type: 'checkpoint.advanced', checkpoint: checkpoint() } as const]
      if (stretch.events.length + moved.length > 0) emit([...stretch.events, ...moved])
      if (stretch.standing.length > 0 && !isStopped) setup.onStanding(stretch.standing)
      const arrived = directArrivals(stretch.events, userId)
      if (arrived.length > 0 && !isStopped) await markDelivered(engine, userId, arrived)
    }
  }

  async function pullRounds(): Promise<void> {
    try {
      while (isAskedAgain && !isStopped) {
        isAskedAgain = false
        await pullAll()
      }
    } finally {
      // Here and not in a later step: a call in between would wait for a round that never comes.
      pulling = undefined
    }
  }

  function checkpoint(): Checkpoint {
    return `${era}:${position}`
  }

  return {
    async start(from) {
      const [givenEra, givenPosition] = parseCheckpoint(from)
      era = givenEra
      position = givenPosition
      const head = await engine.read(requireHead)
      const hasContinuity = settle(head)
      missedUntil = head.head
      return hasContinuity
    },
    isBehind: () => position < missedUntil,
    pull() {
      isAskedAgain = true
      pulling ??= pullRounds()
      return pulling
    },
    checkpoint,
    stop() {
      isStopped = true
    },
  }
}

function parseCheckpoint(checkpoint: unknown): [era: string, position: number] {
  if (typeof checkpoint !== 'string') return ['', 0]
  const colon = checkpoint.lastIndexOf(':')
  const position = Number(checkpoint.slice(colon + 1))
  return Number.isSafeInteger(position) && position >= 0 ? [checkpoint.slice(0, colon), position] : ['', 0]
}

function standingOf(entries: readonly LogRow[], userId: UserId): readonly StandingOp[] {
  return entries.flatMap(({ op }) => (op.kind === 'standing' && op.userId === userId ? [op] : []))
}

function directArrivals(events: readonly TransportEvent[], userId: UserId): readonly ConversationId[] {
  const ids = new Set<ConversationId>()
  for (const event of events) {
    if (event.type !== 'message.received') continue
    for (const { conversationId, senderId } of event.messages)
      if (senderId !== userId) ids.add(conversationId)
  }
  return [...ids]
}
