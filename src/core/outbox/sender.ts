import { plainError } from '../../model'
import type { ChatErrorShape, Command, OutboxItem, Stop, Task } from '../../model'
import type { Clock, OutboxStore, Tabs } from '../ports'
import { ask, Attempt } from './attempt'
import type { Finding } from './attempt'
import { Election } from './election'
import { backoffMs, judgeFailure } from './failurePolicy'
import type { FailureFacts } from './failurePolicy'
import { givenAt, laneHeads, waitMs } from './itemOrder'
import type { Ledger } from './ledger'
import { cancelledError } from './cancelled'
import { Timers } from './timers'

/** What sending needs from its surroundings. */
export interface SenderOptions {
  /** What all tabs share. */
  readonly store: OutboxStore
  /** All waiting goes by it. */
  readonly clock: Clock
  /** The other tabs; absent: there are none. */
  readonly tabs?: Tabs
  /** Names what is shared: one name for one user of one backend. */
  readonly name: string
  /** How long an attempt may take without an answer and without progress. */
  readonly attemptMs: number
  /** From 0 to 1, for waiting by chance. */
  random(): number
  /** Does a command at the backend; `onAlive` says that it goes on. */
  run(item: OutboxItem, onAlive: () => void): Task<unknown>
  /** Asks the backend whether a command arrived after all; `done` is what it would have resolved with. */
  find(item: OutboxItem): Promise<Finding>
  /** How one finds out about an attempt that may have arrived: by doing it again, where that is harmless, or by asking. */
  doubt(command: Command): 'again' | 'find'
  /** Resolves once what the end of a command has told is kept: only then it leaves the store. */
  keepEnding?(item: OutboxItem): Promise<void>
  /** How far the server's clock is ahead of the device's. */
  clockOffsetMs(): number
  /** Hears that an item is nowhere though nobody told its end. */
  onMissing(id: string): void
  /** Hears that an item was called back when its attempt had just given it back. */
  onCalledBack(id: string): void
  /** Sees to it that a failure of what nobody waits for is heard of. */
  behind(work: Promise<unknown>): void
}

const MOST_ATTEMPTS_AT_ONCE = 8
const CANCEL_MS = 5_000
const FIND_MS = 30_000
/**
 * How often one asks before it is up to a person. A call that nobody waits for any longer may travel on for many seconds:
 * whoever sends what comes next before it has arrived turns the order round.
 */
const FINDS = 5
const RECHECK_MS = 60_000

/**
 * Sends what the ledger holds while this tab is elected and there is a connection: strictly one after the other in each
 * lane, lanes side by side. Every item is claimed in the store before its attempt and given back only by whoever claimed
 * it; one whose attempt may have arrived is settled before anything else of its lane.
 */
export class Sender {
  private readonly attemptByLane = new Map<string, Attempt>()
  private readonly strikesById = new Map<string, number>()
  private readonly heldBack = new Set<string>()
  private readonly wishedGone = new Set<string>()
  private readonly doubtful = new Set<string>()
  private readonly timers: Timers
  private readonly election: Election
  private wakeUp: Stop = () => {}
  private endPause: Stop = () => {}
  private isOnline = false
  private isPaused = false
  private isStopped = false
  private resumes = 0
  /** Counts elections: what an earlier one began to read is of no use. */
  private term = 0
  private isElected = false
  private isReady = false

  constructor(
    private readonly options: SenderOptions,
    private readonly ledger: Ledger,
  ) {
    this.timers = new Timers(options.clock)
    this.election = new Election(
      () => (options.store.isAlone?.() ? undefined : options.tabs),
      options.name,
      () => void this.takeOver(),
    )
  }

  setOnline(isOnline: boolean): void {
    if (this.isStopped) return
    this.isOnline = isOnline
    if (!isOnline) {
      for (const attempt of this.attemptByLane.values()) attempt.wake()
      return this.pump()
    }
    this.resume()
    this.election.stand()
  }

  /** Stands for election anew, among those who share the store by now. */
  standAnew(): void {
    if (this.isStopped) return
    this.stepDown()
    if (this.isOnline) this.election.stand()
  }

  /** Reads the store anew before it goes on sending; false where this tab does not send. */
  lookAgain(): boolean {
    if (!this.isElected || this.isStopped) return false
    this.isReady = false
    void this.takeOver()
    return true
  }

  /** What waits by now may have left from elsewhere: one asks before the first attempt. */
  doubtAll(): void {
    for (const { id, state } of this.ledger.items()) if (state === 'queued') this.doubtful.add(id)
  }

  /** An item that cannot be sent for now keeps its lane waiting. */
  holdBack(id: string): void {
    this.heldBack.add(id)
  }

  allow(id: string): void {
    this.heldBack.delete(id)
    this.pump()
  }

  /** Calls back the attempt of this item; false where there is none here. */
  cancel(id: string): boolean {
    const attempt = this.attemptOf(id)
    attempt?.cancel()
    return attempt !== undefined
  }

  /** Whoever sends this item, now or later, is to call it back. */
  wishGone(id: string): void {
    if (!this.cancel(id)) this.wishedGone.add(id)
  }

  /** A person wants it sent: what happened before does not count. */
  forgive(id: string): void {
    this.strikesById.delete(id)
    this.wishedGone.delete(id)
  }

  /** An item has ended, and with it whatever goes on about it. */
  forget(id: string): void {
    this.forgive(id)
    this.heldBack.delete(id)
    this.doubtful.delete(id)
    this.attemptOf(id)?.finish()
    this.pump()
  }

  stop(): void {
    this.isStopped = true
    for (const attempt of this.attemptByLane.values()) attempt.cancel()
    this.attemptByLane.clear()
    this.timers.clear()
    this.election.stepDown()
  }

  /** Begins what can begin, and lets another tab send where this one cannot. */
  pump(): void {
    if (this.isStopped) return
    if (!this.isOnline && this.attemptByLane.size === 0) this.stepDown()
    if (!this.canSend()) return
    this.wakeUp()
    let sleepMs = Infinity
    for (const item of laneHeads(this.ledger.items())) {
      if (this.attemptByLane.has(item.lane) || this.heldBack.has(item.id)) continue
      const ms = waitMs(item, this.options.clock.now())
      if (ms > 0) sleepMs = Math.min(sleepMs, ms)
      else if (this.attemptByLane.size < MOST_ATTEMPTS_AT_ONCE) this.begin(item)
    }
    if (sleepMs < Infinity) {
      this.wakeUp = this.timers.after(Math.min(sleepMs, RECHECK_MS), () => this.pump())
    }
  }

  private canSend(): boolean {
    return !this.isStopped && this.isReady && this.isOnline && !this.isPaused
  }

  private attemptOf(id: string): Attempt | undefined {
    for (const attempt of this.attemptByLane.values()) if (attempt.item.id === id) return attempt
    return undefined
  }

  private async takeOver(): Promise<void> {
    this.isElected = true
    const term = ++this.term
    const stored = await this.options.store.all().catch(() => this.ledger.items())
    if (term !== this.term || this.isStopped) return
    for (const id of this.ledger.catchUp(stored)) if (!this.heldBack.has(id)) this.options.onMissing(id)
    this.isReady = true
    this.pump()
  }

  private stepDown(): void {
    this.isReady = false
    this.isElected = false
    this.term++
    this.election.stepDown()
  }

  private resume(): void {
    this.resumes++
    this.isPaused = false
    this.endPause()
    this.pump()
  }

  /** Waits for a connection, unless it has come back since the attempt began. */
  private pauseAfter(attempt: Attempt): void {
    if (attempt.resumes !== this.resumes) return
    this.isPaused = true
    this.endPause()
    // Where nobody tells that the connection is back, one looks for oneself.
    this.endPause = this.timers.after(RECHECK_MS, () => this.resume())
  }

  private begin(item: OutboxItem): void {
    const attempt = new Attempt(item, this.resumes)
    if (this.wishedGone.delete(item.id)) attempt.cancel()
    this.attemptByLane.set(item.lane, attempt)
    void this.drive(attempt)
      .catch(() => this.pauseAfter(attempt))
      .then(() => this.leave(attempt))
  }

  private leave(attempt: Attempt): void {
    const { id, lane } = attempt.item
    if (this.attemptByLane.get(lane) === attempt) this.attemptByLane.delete(lane)
    if (attempt.isCancelWished && this.ledger.get(id)) {
      this.wishedGone.add(id)
      this.options.onCalledBack(id)
    }
    this.pump()
  }

  private async drive(attempt: Attempt): Promise<void> {
    const isInherited = attempt.item.state === 'sending'
    const claimed = await this.claim(attempt.item)
    if (!claimed || attempt.isOver || this.isStopped) return
    attempt.item = claimed
    if (isInherited) return this.settle(attempt)
    if (attempt.isCancelWished) return this.drop(attempt)
    // A person wants to send what may have arrived, or it may have left from elsewhere: one asks once more.
    const isDoubtful = this.doubtful.delete(claimed.id) || claimed.error?.effect === 'unknown'
    if (isDoubtful && this.doubt(claimed) === 'find') {
      const finding = await this.ask(attempt)
      if (attempt.isOver || this.isStopped) return
      if (isDone(finding)) return this.finish(claimed.id, finding.done)
    }
    const outcome = await attempt.carry(
      (onAlive) => this.options.run(claimed, onAlive),
      { attemptMs: this.options.attemptMs, cancelMs: CANCEL_MS },
      this.timers,
      (result) => this.options.behind(this.finish(claimed.id, result)),
    )
    if (outcome === 'over' || this.isStopped) return
    if ('result' in outcome) await this.finish(claimed.id, outcome.result)
    else await this.fail(attempt, outcome.error)
  }

  /** Takes the item for this attempt; undefined where it is not what it was, which the ledger then learns. */
  private async claim(item: OutboxItem): Promise<OutboxItem | undefined> {
    let isClaimed = false
    const stored = await this.options.store.change(item.id, (current) => {
      isClaimed =
        current.state === item.state && (item.state === 'queued' || current.attempts === item.attempts)
      return isClaimed && item.state === 'queued' ? claimedItem(current) : current
    })
    if (this.isStopped) return undefined
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
      this.pauseAfter(attempt)
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
      if (!this.isOnline || this.isStopped) return
      const finding = await this.ask(attempt)
      if (attempt.isOver || this.isStopped) return
      if (isDone(finding)) return this.finish(attempt.item.id, finding.done)
      if (finding === 'absent') return this.goOn(attempt, 'answer', error)
      if (attempt.isCancelWished) return this.drop(attempt)
      if (finding !== 'unknown' && judgeFailure(finding, noFacts).then === 'wait') {
        return this.pauseAfter(attempt)
      }
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
    if (this.isStopped) return
    const item = this.ledger.get(id)
    // Told and kept before it leaves the store: whoever dies in between is asked about, and tells it once more.
    this.ledger.end(id, { end: 'done', result })
    if (item) await this.options.keepEnding?.(item).catch(() => {})
    await this.options.store.change(id, () => undefined)
  }

  private async drop(attempt: Attempt): Promise<void> {
    if (!(await this.release(attempt, () => undefined)) || this.isStopped) return
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
    if (this.isStopped) return false
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

function isDone(finding: Finding | ChatErrorShape): finding is { readonly done: unknown } {
  return typeof finding === 'object' && 'done' in finding
}

function doubtOf(error: ChatErrorShape | undefined): ChatErrorShape {
  return (
    error ?? { ...cancelledError(), code: 'no-answer', kind: 'timeout', effect: 'unknown', retry: 'later' }
  )
}
