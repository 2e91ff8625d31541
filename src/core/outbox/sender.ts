import type { OutboxItem, Stop } from '../../model'
import { Attempt } from './attempt'
import { AttemptDriver } from './attemptDriver'
import { Election } from './election'
import { laneHeads, waitMs } from './itemOrder'
import type { Ledger } from './ledger'
import type { SenderOptions } from './senderOptions'
import { Timers } from './timers'

const MOST_ATTEMPTS_AT_ONCE = 8
const RECHECK_MS = 60_000

/**
 * Sends what the ledger holds while this tab is elected and there is a connection: strictly one after the other in each
 * lane, lanes side by side.
 */
export class Sender {
  private readonly attemptByLane = new Map<string, Attempt>()
  private readonly heldBack = new Set<string>()
  private readonly wishedGone = new Set<string>()
  private readonly timers: Timers
  private readonly driver: AttemptDriver
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
    this.driver = new AttemptDriver(options, ledger, this.timers, {
      isStopped: () => this.isStopped,
      isOnline: () => this.isOnline,
      pauseAfter: (attempt) => this.pauseAfter(attempt),
    })
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
    for (const { id, state } of this.ledger.items()) if (state === 'queued') this.driver.doubtItem(id)
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
    this.driver.forgive(id)
    this.wishedGone.delete(id)
  }

  /** An item has ended, and with it whatever goes on about it. */
  forget(id: string): void {
    this.forgive(id)
    this.heldBack.delete(id)
    this.driver.forget(id)
    this.attemptOf(id)?.finish()
    this.pump()
  }

  /** A command is done, as the backend tells by itself. */
  finish(id: string, result: unknown): Promise<void> {
    return this.driver.finish(id, result)
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
    void this.driver
      .drive(attempt)
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
}
