import { plainError } from '../../model'
import type { ChatErrorShape, OutboxItem } from '../../model'
import { ask } from './attempt'
import type { Attempt, Finding } from './attempt'
import { cancelledError } from './cancelled'
import { backoffMs, judgeFailure } from './failurePolicy'
import type { FailureFacts } from './failurePolicy'
import { givenAt } from './itemOrder'
import type { Ledger } from './ledger'
import type { SenderOptions } from './senderOptions'
import type { Timers } from './timers'

const CANCEL_MS = 5_000
const FIND_MS = 30_000
/**
 * How often one asks before it is up to a person. A call that nobody waits for any longer may travel on for many seconds:
 * whoever sends what comes next before it has arrived turns the order round.
 */
const FINDS = 5

/** How sending stands while an attempt goes on. */
export interface Surroundings {
  isStopped(): boolean
  isOnline(): boolean
  /** Sending waits for a connection. */
  pauseAfter(attempt: Attempt): void
}

/**
 * Brings one attempt from its claim to its end. Every item is claimed in the store before its attempt and given back only
 * by whoever claimed it; one whose attempt may have arrived is settled before anything else of its lane.
 */
export class AttemptDriver {
  private readonly strikesById = new Map<string, number>()
  private readonly doubtful = new Set<string>()

  constructor(
    private readonly options: SenderOptions,
    private readonly ledger: Ledger,
    private readonly timers: Timers,
    private readonly sending: Surroundings,
  ) {}

  /** This item may have left from elsewhere: one asks before the first attempt. */
  doubtItem(id: string): void {
    this.doubtful.add(id)
  }

  /** A person wants it sent: how often it failed does not count. */
  forgive(id: string): void {
    this.strikesById.delete(id)
  }

  /** An item has ended. */
  forget(id: string): void {
    this.forgive(id)
    this.doubtful.delete(id)
  }

  async drive(attempt: Attempt): Promise<void> {
    const isInherited = attempt.item.state === 'sending'
    const claimed = await this.claim(attempt.item)
    if (!claimed || attempt.isOver || this.sending.isStopped()) return
    attempt.item = claimed
    if (isInherited) return this.settle(attempt)
    if (attempt.isCancelWished) return this.drop(attempt)
    // A person wants to send what may have arrived, or it may have left from elsewhere: one asks once more.
    const isDoubtful = this.doubtful.delete(claimed.id) || claimed.error?.effect === 'unknown'
    if (isDoubtful && this.doubt(claimed) === 'find') {
      const finding = await this.ask(attempt)
      if (attempt.isOver || this.sending.isStopped()) return
      if (isDone(finding)) return this.finish(claimed.id, finding.done)
      // It was called back while one asked.
      if (attempt.isCancelWished) return this.drop(attempt)
      if (isCutOff(finding)) return this.doubtOn(attempt)
    }
    const outcome = await attempt.carry(
      (onAlive) => this.options.run(claimed, onAlive),
      { attemptMs: this.options.attemptMs, cancelMs: CANCEL_MS },
      this.timers,
      (result) => this.options.behind(this.finish(claimed.id, result)),
    )
    if (outcome === 'over' || this.sending.isStopped()) return
    if ('result' in outcome) await this.finish(claimed.id, outcome.result)
    else await this.fail(attempt, outcome.error)
  }

  /** The question was lost with the connection: it is asked again once there is one. */
  private doubtOn(attempt: Attempt): Promise<void> {
    const { id, error } = attempt.item
    this.doubtItem(id)
    this.sending.pauseAfter(attempt)
    return this.giveBack(attempt, { state: 'queued', ...(error && { error }) })
  }

  /** Takes the item for this attempt; undefined where it is not what it was, which the ledger then learns. */
  private async claim(item: OutboxItem): Promise<OutboxItem | undefined> {
    let isClaimed = false
    const stored = await this.options.store.change(item.id, (current) => {
      isClaimed =
        current.state === item.state && (item.state === 'queued' || current.attempts === item.attempts)
      return isClaimed && item.state === 'queued' ? claimedItem(current) : current
    })
    if (this.sending.isStopped()) return undefined
    if (!stored) this.options.onMissing(item.id)
    else this.ledger.change(stored)
    return isClaimed ? stored : undefined
  }

  private async fail(
    attempt: Attempt,
    error: ChatErrorShape,
    settledBy?: FailureFacts['settledBy'],
  ): Promise<void> {
    const { id } = attempt.item
    const strikes = this.strikesById.get(id) ?? 0
    const verdict = judgeFailure(error, {
      strikes,
      givenAt: givenAt(attempt.item),
      now: this.options.clock.now(),
      clockOffsetMs: this.options.clockOffsetMs(),
      chance: this.options.random(),
      isCancelWished: attempt.isCancelWished,
      ...(settledBy && { settledBy }),
    })
    if (verdict.then === 'settle') return this.settle(attempt, error)
    if (verdict.then === 'cancel' || attempt.isCancelWished) return this.drop(attempt)
    const known = plainError(settledBy ? { ...error, effect: 'none' } : error)
    if (verdict.then === 'fail') return this.giveBack(attempt, { state: 'failed', error: known })
    if (verdict.then === 'wait') {
      this.sending.pauseAfter(attempt)
      return this.giveBack(attempt, { state: 'queued', error: known })
    }
    this.strikesById.set(id, strikes + 1)
    await this.giveBack(attempt, { state: 'queued', error: known, notBeforeAt: verdict.notBeforeAt })
  }

  /** Finds out what came of an attempt that may have arrived; without an error nobody heard of its end. */
  private async settle(attempt: Attempt, error?: ChatErrorShape): Promise<void> {
    if (this.doubt(attempt.item) === 'again') return this.goOn(attempt, 'again', error)
    for (let finds = 1; !attempt.isOver; finds++) {
      // Without a connection the doubt stays, for whoever has one next.
      if (!this.sending.isOnline() || this.sending.isStopped()) return
      const finding = await this.ask(attempt)
      if (attempt.isOver || this.sending.isStopped()) return
      if (isDone(finding)) return this.finish(attempt.item.id, finding.done)
      if (finding === 'absent') return this.goOn(attempt, 'answer', error)
      if (attempt.isCancelWished) return this.drop(attempt)
      if (isCutOff(finding)) return this.sending.pauseAfter(attempt)
      if (finds === FINDS)
        return this.giveBack(attempt, { state: 'unsure', error: plainError(doubtOf(error)) })
      await attempt.pause(backoffMs(finds, (1 + this.options.random()) / 2), this.timers)
    }
  }

  private async goOn(attempt: Attempt, settledBy: 'answer' | 'again', error?: ChatErrorShape): Promise<void> {
    if (attempt.isCancelWished) return this.drop(attempt)
    if (error) return this.fail(attempt, error, settledBy)
    await this.giveBack(attempt, { state: 'queued' })
  }

  /** A command is done, as an attempt or the backend by itself tells. */
  async finish(id: string, result: unknown): Promise<void> {
    if (this.sending.isStopped()) return
    const item = this.ledger.get(id)
    // Told and kept before it leaves the store: whoever dies in between is asked about, and tells it once more.
    this.ledger.end(id, { end: 'done', result })
    if (item) await this.options.keepEnding?.(item).catch(() => {})
    await this.options.store.change(id, () => undefined)
  }

  private async drop(attempt: Attempt): Promise<void> {
    if (!(await this.release(attempt, () => undefined)) || this.sending.isStopped()) return
    this.ledger.end(attempt.item.id, { end: 'cancelled', error: plainError(cancelledError()) })
  }

  private async giveBack(
    attempt: Attempt,
    news: Pick<OutboxItem, 'state' | 'error' | 'notBeforeAt'>,
  ): Promise<void> {
    await this.release(attempt, ({ error: _error, notBeforeAt: _notBeforeAt, ...item }) => ({
      ...item,
      ...news,
    }))
  }

  /** Lets go of the item in the store, unless it is no longer this attempt's. */
  private async release(
    { item }: Attempt,
    next: (item: OutboxItem) => OutboxItem | undefined,
  ): Promise<boolean> {
    let isOwn = false
    const stored = await this.options.store.change(item.id, (current) => {
      isOwn = current.state === 'sending' && current.attempts === item.attempts
      return isOwn ? next(current) : current
    })
    if (this.sending.isStopped()) return false
    if (stored) this.ledger.change(stored)
    else if (!isOwn) this.options.onMissing(item.id)
    return isOwn
  }

  private ask({ item }: Attempt): Promise<Finding | ChatErrorShape> {
    return ask(() => this.options.find(item), FIND_MS, this.timers)
  }

  private doubt(item: OutboxItem): 'again' | 'find' {
    return this.options.doubt(item.command)
  }
}

const noFacts: FailureFacts = { strikes: 0, givenAt: 0, now: 0, clockOffsetMs: 0, chance: 0 }

function claimedItem({ notBeforeAt: _notBeforeAt, ...item }: OutboxItem): OutboxItem {
  return { ...item, state: 'sending', attempts: item.attempts + 1 }
}

function isCutOff(finding: Finding | ChatErrorShape): boolean {
  if (typeof finding === 'string' || isDone(finding)) return false
  // A question does nothing, however it ends.
  return judgeFailure({ ...finding, effect: 'none' }, noFacts).then === 'wait'
}

function isDone(finding: Finding | ChatErrorShape): finding is { readonly done: unknown } {
  return typeof finding === 'object' && 'done' in finding
}

function doubtOf(error: ChatErrorShape | undefined): ChatErrorShape {
  return (
    error ?? { ...cancelledError(), code: 'no-answer', kind: 'timeout', effect: 'unknown', retry: 'later' }
  )
}
