import type {
  CachedOpening,
  ChatErrorShape,
  EpochMs,
  HistoryRequest,
  KnownPage,
  Message,
  MessageChange,
  MessageKey,
  MessageRef,
  OutboxState,
} from '../../model'
import { keepEarly } from './earlyChanges'
import { isAtEdge, mergePage, sideOf } from './mergePage'
import { changeMessage, interrupt, putMessage } from './putMessage'
import type { TimelineContext } from './putMessage'
import { Timeline } from './timeline'
import type { EdgeWork } from './timeline'
import type { TimelineEntry } from './timelineEntry'
import {
  dropEmptyStretches,
  endLoading,
  findEntries,
  findRow,
  newestPlace,
  removeEntry,
  replaceEntry,
  stretchWith,
  trim,
  workOn,
} from './timelineWork'
import type { TimelineWork } from './timelineWork'

/** What can happen to a timeline. */
export type TimelineInput =
  /** What this machine kept of the conversation; the newest page was asked for with `request`. */
  | { readonly kind: 'opened'; readonly opening: CachedOpening; readonly request: HistoryRequest }
  | { readonly kind: 'requested'; readonly request: HistoryRequest; readonly beside?: MessageRef }
  | {
      readonly kind: 'failed'
      readonly request: HistoryRequest
      readonly beside?: MessageRef
      readonly error: ChatErrorShape
    }
  | {
      readonly kind: 'page'
      readonly request: HistoryRequest
      readonly page: KnownPage
      readonly beside?: MessageRef
    }
  /** Told live or caught up later. Before anything is asked for nothing is kept. */
  | { readonly kind: 'live'; readonly messages: readonly Message[] }
  /** Messages may be missing after the newest one here. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'changed'; readonly change: MessageChange }
  /** An own message before it leaves. */
  | {
      readonly kind: 'queued'
      readonly message: Message
      readonly rowKey: string
      readonly outbox?: OutboxState
    }
  /** An own message that the backend has; the row stays the row. */
  | { readonly kind: 'settled'; readonly message: Message; readonly rowKey: string }
  | { readonly kind: 'outbox'; readonly rowKey: string; readonly outbox: OutboxState }
  | { readonly kind: 'dropped'; readonly rowKey: string }
  | { readonly kind: 'uploading'; readonly rowKey: string; readonly fraction: number }
  | {
      readonly kind: 'counted'
      readonly keys: readonly MessageKey[]
      readonly readCount: number
      readonly unreadCount: number
    }
  | { readonly kind: 'following'; readonly isFollowing: boolean }
  /**
   * Everything goes; with `keepsTail` own messages without a place stay, for a history that was cleared keeps what is
   * still on its way, and a group built again under its old id keeps nothing (D3).
   */
  | { readonly kind: 'cleared'; readonly keepsTail: boolean; readonly upToAt?: EpochMs }

/**
 * The one place where a timeline changes, as a pure function: pages, cached ones, live messages, changes and own queued
 * messages, in whatever order they come. A message is known by any of its keys (D2), so hearing one again changes nothing.
 */
export function mergeTimeline(timeline: Timeline, input: TimelineInput, context: TimelineContext): Timeline {
  const work = workOn(timeline)
  const known = input.kind === 'cleared' ? clear(work, input) : apply(work, input, context)
  if (known === 'unchanged') return timeline
  dropEmptyStretches(work)
  return new Timeline(work)
}

function apply(
  work: TimelineWork,
  input: Exclude<TimelineInput, { kind: 'cleared' }>,
  context: TimelineContext,
): 'unchanged' | undefined {
  switch (input.kind) {
    case 'opened':
      return open(work, context, input.opening, input.request)
    case 'requested':
      return request(work, input.request, input.beside)
    case 'failed':
      return fail(work, input.request, input.beside, input.error)
    case 'page':
      return mergePage(work, context, input.request, input.page, input.beside) ?? undefined
    case 'live':
      return takeLive(work, context, input.messages)
    case 'interrupted':
      return work.state === 'empty' ? 'unchanged' : (interrupt(work) ?? undefined)
    case 'changed':
      return changeMessage(work, context, input.change) ?? undefined
    case 'queued':
      return queue(work, input.message, input.rowKey, input.outbox ?? { state: 'queued' })
    case 'settled':
      return settle(work, context, input.message, input.rowKey)
    case 'outbox':
      // What a late failure says of a message that the backend is known to have does not count.
      return update(
        work,
        findRow(work, input.rowKey),
        ({ outbox }) => outbox?.state !== 'sent' && { outbox: input.outbox },
      )
    case 'dropped':
      return drop(work, input.rowKey)
    case 'uploading':
      return update(work, findRow(work, input.rowKey), () => ({ uploadFraction: input.fraction }))
    case 'counted': {
      const { readCount, unreadCount } = input
      return update(work, findEntries(work, input.keys)[0], () => ({
        receiptCounts: { readCount, unreadCount },
      }))
    }
    case 'following':
      if (work.isFollowing === input.isFollowing) return 'unchanged'
      work.isFollowing = input.isFollowing
  }
  return undefined
}

function open(
  work: TimelineWork,
  context: TimelineContext,
  { page, removedKeys, clearedUpToAt, earlyChanges }: CachedOpening,
  asked: HistoryRequest,
): undefined {
  work.removedKeys = new Set([...work.removedKeys, ...removedKeys])
  work.clearedUpToAt = Math.max(work.clearedUpToAt, clearedUpToAt ?? -Infinity)
  for (const change of earlyChanges) work.early = keepEarly(work.early, change)
  if (page.messages.length > 0) mergePage(work, context, asked, page, undefined)
  else work.asked = work.asked.filter((other) => other.request !== asked)
}

function request(work: TimelineWork, asked: HistoryRequest, beside: MessageRef | undefined): undefined {
  const newest = newestPlace(work.stretches.at(-1))
  const side = sideOf(asked)
  const isAnotherForTheEnd = work.asked.some((other) => sideOf(other.request) !== 'older')
  if (side !== 'older' && !isAnotherForTheEnd) work.held = []
  work.asked = [
    ...work.asked,
    {
      request: asked,
      windowId: work.windowId,
      interruptions: work.interruptions,
      early: work.early,
      ...(newest && { newest }),
    },
  ]
  setWork(work, asked, beside, 'loading')
  if (side === 'older' || side === 'newer') return
  if (work.state !== 'ready') work.state = 'loading'
  delete work.error
}

function fail(
  work: TimelineWork,
  failed: HistoryRequest,
  beside: MessageRef | undefined,
  error: ChatErrorShape,
): 'unchanged' | undefined {
  const asked = work.asked.find((other) => other.request === failed)
  work.asked = work.asked.filter((other) => other !== asked)
  if (asked && asked.windowId !== work.windowId) return undefined
  const side = sideOf(failed)
  if (side === 'older' || side === 'newer') {
    endLoading(work, side)
    setWork(work, failed, beside, error)
  } else {
    if (work.state !== 'ready') work.state = 'failed'
    work.error = error
  }
  return undefined
}

function setWork(
  work: TimelineWork,
  asked: HistoryRequest,
  beside: MessageRef | undefined,
  edge: EdgeWork,
): void {
  const side = sideOf(asked)
  const index = beside ? stretchWith(work, beside.keys) : side === 'older' ? 0 : work.stretches.length - 1
  const stretch = work.stretches[index]
  if (!stretch || (side !== 'older' && side !== 'newer') || !isAtEdge(stretch, side, beside)) return
  if (side === 'older') stretch.olderWork = edge
  else stretch.newerWork = edge
}

function takeLive(
  work: TimelineWork,
  context: TimelineContext,
  messages: readonly Message[],
): 'unchanged' | undefined {
  if (work.state === 'empty') return 'unchanged'
  for (const message of messages) putMessage(work, context, message)
  const gone = trim(work, work.isFollowing ? 'oldest' : 'newest')
  if (work.isDetached) {
    work.missedCount += gone.filter(
      ({ message }) => message.senderId !== context.ownId && message.delivery === 'stored',
    ).length
  }
  return undefined
}

function queue(
  work: TimelineWork,
  message: Message,
  rowKey: string,
  outbox: OutboxState,
): 'unchanged' | undefined {
  if (findEntries(work, [rowKey, ...message.keys]).length > 0 || findRow(work, rowKey)) return 'unchanged'
  work.tail.push({ rowKey, message, outbox, asOf: work.interruptions })
  return undefined
}

function settle(
  work: TimelineWork,
  context: TimelineContext,
  sent: Message,
  rowKey: string,
): 'unchanged' | undefined {
  if (work.state === 'empty' && !findRow(work, rowKey)) return 'unchanged'
  putMessage(work, context, sent, undefined, rowKey)
  return undefined
}

/** One that the backend turns out to have stays. */
function drop(work: TimelineWork, rowKey: string): 'unchanged' | undefined {
  const known = findRow(work, rowKey)
  if (!known || known.outbox?.state === 'sent') return 'unchanged'
  removeEntry(work, known)
  return undefined
}

function update(
  work: TimelineWork,
  known: TimelineEntry | undefined,
  change: (known: TimelineEntry) => Partial<TimelineEntry> | false,
): 'unchanged' | undefined {
  const changed = known && change(known)
  if (!known || !changed) return 'unchanged'
  replaceEntry(work, known, { ...known, ...changed })
  return undefined
}

function clear(
  work: TimelineWork,
  { keepsTail, upToAt }: Extract<TimelineInput, { kind: 'cleared' }>,
): undefined {
  work.windowId++
  work.stretches = []
  // What the backend has is part of what was cleared.
  work.tail = keepsTail ? work.tail.filter(({ outbox }) => outbox && outbox.state !== 'sent') : []
  work.early = []
  // A group built again under its old id may use the same keys again; in one that was cleared the deleted stay deleted.
  if (!keepsTail) work.removedKeys = new Set()
  work.clearedUpToAt = keepsTail ? Math.max(work.clearedUpToAt, upToAt ?? -Infinity) : -Infinity
  work.asked = work.asked.map((asked) => ({ ...asked, windowId: -1 }))
  work.isInterrupted = false
  work.isDetached = false
  work.missedCount = 0
  work.held = []
  delete work.error
  work.state = 'empty'
}
