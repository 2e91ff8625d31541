import type {
  ChatErrorShape,
  EpochMs,
  HistoryRequest,
  KnownEdge,
  Message,
  MessageKey,
  MessageOrder,
} from '../../model'
import type { EarlyChanges } from './earlyChanges'
import type { TimelineEntry } from './timelineEntry'

/** How much of a conversation's history is here. */
export type TimelineState = 'empty' | 'loading' | 'ready' | 'failed'
/** What goes on at an edge: nothing, a page is on its way, or why the last one failed. */
export type EdgeWork = 'idle' | 'loading' | ChatErrorShape

/** Neighbouring messages between which nothing is missing, oldest first. */
export interface Stretch {
  readonly entries: readonly TimelineEntry[]
  readonly older: KnownEdge
  readonly newer: KnownEdge
  readonly olderWork: EdgeWork
  readonly newerWork: EdgeWork
}
/** A hole in what is known, above the row of the key under which it is found. */
export interface Gap {
  readonly work: EdgeWork
  /** The backend does not keep what was here any more, so it stays. */
  readonly isLost: boolean
}
/** What to ask for to hear again what may have changed unheard. */
export type Doubt =
  { readonly direction: 'newest' } | { readonly direction: 'older' | 'newer'; readonly beside: Message }
/** How the timeline stood when a page was asked for. */
export interface Asked {
  readonly request: HistoryRequest
  readonly windowId: number
  readonly interruptions: number
  readonly newest?: MessageOrder
  /** The changes that waited for their message: what the page tells is newer. */
  readonly early: EarlyChanges
}

/** What a timeline is made of. Immutable. */
export interface TimelineParts {
  readonly state: TimelineState
  /** Oldest first; between each two there is a gap. */
  readonly stretches: readonly Stretch[]
  /** Messages that have no place yet: own ones in the order typed. */
  readonly tail: readonly TimelineEntry[]
  /** Deleted ones, which must not come back (D5). */
  readonly removedKeys: ReadonlySet<MessageKey>
  /** What was sent up to this moment was cleared and must not come back (E10). */
  readonly clearedUpToAt: EpochMs
  readonly early: EarlyChanges
  /** Why the newest page could not be read; it is asked for again only when somebody wants it. */
  readonly error?: ChatErrorShape
  /** True from an interruption until the newest page is read again. */
  readonly isInterrupted: boolean
  readonly interruptions: number
  /** The newest messages are not part of what is here: the reader is further up, or has jumped. */
  readonly isDetached: boolean
  /** How many messages of others came in that are not part of what is here. */
  readonly missedCount: number
  /** The reader stands at the end, so what is furthest up may go. */
  readonly isFollowing: boolean
  /** Grows whenever what is here was given up for another part of the history. */
  readonly windowId: number
  readonly asked: readonly Asked[]
  /** Live messages that came while a page for the end was on its way; undefined: too many to keep. */
  readonly held: readonly Message[] | undefined
}

const NOTHING: TimelineParts = {
  state: 'empty',
  stretches: [],
  tail: [],
  removedKeys: new Set(),
  clearedUpToAt: -Infinity,
  early: [],
  isInterrupted: false,
  interruptions: 0,
  isDetached: false,
  missedCount: 0,
  isFollowing: true,
  windowId: 0,
  asked: [],
  held: [],
}

/**
 * The messages of one conversation as far as they are here: a bounded window on its history, in stretches with gaps between
 * them, then the own messages that have no place yet. Immutable: `mergeTimeline` makes the next one.
 */
export class Timeline {
  private shown: readonly TimelineEntry[] | undefined
  private holes: ReadonlyMap<string, Gap> | undefined
  private doubt: Doubt | 'none' | undefined

  constructor(readonly parts: TimelineParts = NOTHING) {}

  get state(): TimelineState {
    return this.parts.state
  }
  get isInterrupted(): boolean {
    return this.parts.isInterrupted
  }
  get error(): ChatErrorShape | undefined {
    return this.parts.error
  }
  get windowId(): number {
    return this.parts.windowId
  }
  get isDetached(): boolean {
    return this.parts.isDetached
  }
  get missedCount(): number {
    return this.parts.missedCount
  }
  /** How history goes on before the oldest message here; undefined while nothing is loaded. */
  get older(): KnownEdge | undefined {
    return this.parts.stretches[0]?.older
  }
  /** How history goes on before the stretch that begins with this row; undefined where none does. */
  olderThan(rowKey: string): KnownEdge | undefined {
    return this.parts.stretches.find(({ entries }) => entries[0]?.rowKey === rowKey)?.older
  }
  get olderWork(): EdgeWork {
    return this.parts.stretches[0]?.olderWork ?? 'idle'
  }
  /** How history goes on after the newest message here. */
  get newer(): KnownEdge | undefined {
    return this.parts.stretches.at(-1)?.newer
  }
  get newerWork(): EdgeWork {
    return this.parts.stretches.at(-1)?.newerWork ?? 'idle'
  }

  /** The entries to show, oldest first; the same array every time. */
  entries(): readonly TimelineEntry[] {
    const { stretches, tail, isDetached } = this.parts
    this.shown ??= [...stretches.flatMap(({ entries }) => entries), ...(isDetached ? [] : tail)]
    return this.shown
  }

  /** The gaps, each under the key of the row below it. */
  gaps(): ReadonlyMap<string, Gap> {
    this.holes ??= new Map(
      this.parts.stretches.slice(1).flatMap((below, index) => {
        const [first] = below.entries
        const newerWork = this.parts.stretches[index]?.newerWork ?? 'idle'
        const work = below.olderWork === 'idle' ? newerWork : below.olderWork
        return first ? [[first.rowKey, { work, isLost: 'end' in below.older }] as const] : []
      }),
    )
    return this.holes
  }

  entry(rowKey: string): TimelineEntry | undefined {
    return this.all().find((entry) => entry.rowKey === rowKey)
  }

  /** The entry that carries any of these keys. */
  find(keys: readonly MessageKey[]): TimelineEntry | undefined {
    return this.all().find((entry) => entry.message.keys.some((key) => keys.includes(key)))
  }

  /** The newest own message that the backend is not known to have. */
  newestWaiting(): TimelineEntry | undefined {
    return this.parts.tail.findLast(({ outbox }) => outbox !== undefined && outbox.state !== 'sent')
  }

  /** Where to read next of what may have changed unheard, the newest first; undefined where nothing can be read again. */
  nextDoubt(): Doubt | undefined {
    this.doubt ??= this.findDoubt() ?? 'none'
    return this.doubt === 'none' ? undefined : this.doubt
  }

  private findDoubt(): Doubt | undefined {
    const { stretches, interruptions, isDetached } = this.parts
    for (const [index, { entries, older }] of [...stretches.entries()].reverse()) {
      const at = entries.findLastIndex(({ asOf }) => asOf < interruptions)
      const [before, after] = [entries[at - 1], entries[at + 1]]
      if (at < 0) continue
      if (after) return { direction: 'older', beside: after.message }
      if (index === stretches.length - 1 && !isDetached) return { direction: 'newest' }
      if (before) return { direction: 'newer', beside: before.message }
      const only = entries[at]
      if (only && !('end' in older)) return { direction: 'older', beside: only.message }
    }
    return undefined
  }

  private all(): readonly TimelineEntry[] {
    return this.parts.isDetached ? [...this.entries(), ...this.parts.tail] : this.entries()
  }
}
