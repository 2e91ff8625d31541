import { toChatError } from '../../model'
import type { ChatErrorShape, EpochMs, Stop } from '../../model'
import { catalogueError } from '../errors'
import type { Clock } from '../ports'
import { isAskForLess, refusesTheId } from './refusals'

/** What a lookup needs from its surroundings. */
export interface LookupOptions {
  /** Gathers and waits by it. */
  readonly clock: Clock
  /** How many ids one question may carry. */
  readonly batchSize: () => number
  /** Somebody is there to be asked. */
  readonly canAsk: () => boolean
  /** Nothing is in memory of it, so that this machine may know more. */
  readonly isUnknown: (id: string) => boolean
  /** It must be asked for; `maxAgeMs` where it may not be older than that. */
  readonly isStale: (id: string, maxAgeMs: number | undefined) => boolean
  /** Reads what this machine kept into memory. */
  readonly readCache?: (ids: readonly string[]) => Promise<void>
  /** Asks the owner, puts the answer where it belongs, and names the ids that were answered. */
  readonly fetch: (ids: readonly string[]) => Promise<readonly string[]>
  /** The owner refuses this very id: it is as good as missing. */
  readonly onRefused: (id: string) => void
  /** Hears of questions that failed. */
  readonly onError?: (error: ChatErrorShape) => void
}

/** How much an id is wanted. */
export interface WantOptions {
  /** What is known may be so old at the most, unless its changes are pushed. */
  readonly maxAgeMs?: number
  /** Told when it counts, once the cache is read: what is known is outdated. */
  readonly isOutdated?: () => boolean
}

interface Want {
  readonly isAlways: boolean
  readonly isRefresh: boolean
  readonly maxAgeMs: number | undefined
  readonly isOutdated: () => boolean
  /** Until then it waits for others to travel with. */
  readonly dueAt: EpochMs
}
interface Rest {
  readonly ms: number
  readonly untilAt: EpochMs
}

/** What is wanted within this time travels together. */
const GATHER_MS = 10
/** While people pass by, only who stays so long is asked about, and with him all who are on screen then. */
const STAY_MS = 500
/** A call that hangs must not keep a name away until the line breaks. */
const PATIENCE_MS = 15_000
const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 5 * 60_000
/** A moment further away is no honest answer. */
const LONGEST_PAUSE_MS = 60 * 60_000
/** How often the age of what stays on screen is looked at. */
const LOOK_AGAIN_MS = 5 * 60_000

/**
 * Looks ids up in memory, then in the cache, then at their owner (G3): each once, many at a time, and only while somebody
 * is interested (G2). After a failure it asks again by itself, later each time.
 */
export class Lookup {
  private readonly interestById = new Map<string, number>()
  private readonly wantById = new Map<string, Want>()
  private readonly underWay = new Set<string>()
  private readonly readFromCache = new Set<string>()
  private readonly restById = new Map<string, Rest>()
  private pausedUntilAt = -Infinity
  private lastWantedAt = -Infinity
  /** Since when somebody new comes on screen again and again. */
  private passingSinceAt = -Infinity
  private dueAt = Infinity
  private stopTimer: Stop = () => {}
  private isLookingAgain = false

  constructor(private readonly options: LookupOptions) {}

  /** These ids are on screen until the returned function is called; what is gone before it was asked for never is. */
  watch(ids: readonly string[], want: WantOptions = {}): Stop {
    const unique = [...new Set(ids)]
    for (const id of unique) {
      this.interestById.set(id, (this.interestById.get(id) ?? 0) + 1)
      this.want(id, { ...want, isAlways: false, isRefresh: false })
    }
    this.plan()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      for (const id of unique) this.loseInterest(id)
    }
  }

  /** Loads these ids once, on screen or not; `isRefresh` asks however fresh they are. */
  load(ids: readonly string[], isRefresh = false): void {
    for (const id of ids) this.want(id, { isAlways: true, isRefresh })
    this.plan()
  }

  /** Somebody can be asked again; `maxAgeMs` where what is on screen is in doubt. */
  resume(maxAgeMs?: number): void {
    this.restById.clear()
    const want = { isAlways: false, isRefresh: false, ...(maxAgeMs !== undefined && { maxAgeMs }) }
    for (const id of this.interestById.keys()) this.want(id, want)
    this.plan()
  }

  private want(
    id: string,
    { isAlways, isRefresh, maxAgeMs, isOutdated }: WantOptions & Pick<Want, 'isAlways' | 'isRefresh'>,
  ): void {
    const other = this.wantById.get(id)
    const dueAt = this.dueAtOfNew()
    this.wantById.set(id, {
      dueAt: other?.dueAt ?? dueAt,
      isAlways: isAlways || (other?.isAlways ?? false),
      isRefresh: isRefresh || (other?.isRefresh ?? false),
      maxAgeMs: Math.min(maxAgeMs ?? Infinity, other?.maxAgeMs ?? Infinity),
      isOutdated: !isOutdated
        ? (other?.isOutdated ?? never)
        : other
          ? () => other.isOutdated() || isOutdated()
          : isOutdated,
    })
  }

  /** Whoever comes first is asked about at once; those who follow closely may be gone in a moment. */
  private dueAtOfNew(): EpochMs {
    const now = this.options.clock.now()
    if (now - this.lastWantedAt > STAY_MS) this.passingSinceAt = now
    this.lastWantedAt = now
    return now + (now - this.passingSinceAt < GATHER_MS ? GATHER_MS : STAY_MS)
  }

  private loseInterest(id: string): void {
    const left = (this.interestById.get(id) ?? 1) - 1
    if (left > 0) {
      this.interestById.set(id, left)
      return
    }
    this.interestById.delete(id)
    if (!this.wantById.get(id)?.isAlways) this.wantById.delete(id)
  }

  /** The ids that can be worked on right now; the others wait for the end of what holds them. */
  private ready(): string[] {
    const { clock } = this.options
    return [...this.wantById.keys()].filter(
      (id) => !this.underWay.has(id) && (this.restById.get(id)?.untilAt ?? -Infinity) <= clock.now(),
    )
  }

  private plan(): void {
    const at = this.nextAt()
    if (at !== undefined) this.planAt(Math.max(at, this.options.clock.now() + GATHER_MS))
  }

  /** When the next question is due; undefined where there is none. */
  private nextAt(): EpochMs | undefined {
    const ready = this.ready()
    if (ready.length === 0) return undefined
    if (ready.length >= this.batchSize()) return -Infinity
    return ready.reduce((at, id) => Math.min(at, this.dueAtOf(id)), Infinity)
  }

  /** Nobody is made to wait longer than that: a moment further away is from a clock that was set back. */
  private dueAtOf(id: string): EpochMs {
    const dueAt = this.wantById.get(id)?.dueAt ?? Infinity
    return dueAt > this.options.clock.now() + STAY_MS ? -Infinity : dueAt
  }

  private planAt(at: EpochMs): void {
    if (at >= this.dueAt) return
    const { clock } = this.options
    this.stopTimer()
    this.dueAt = at
    this.stopTimer = clock.after(at - clock.now(), () => {
      this.dueAt = Infinity
      // Whoever it was for may have gone meanwhile.
      const next = this.nextAt()
      if (next === undefined) return
      if (next <= clock.now()) void this.flush()
      else this.planAt(next)
    })
  }

  private async flush(): Promise<void> {
    const ids = this.ready()
    for (const id of ids) this.underWay.add(id)
    await this.readKept(ids.filter((id) => this.options.isUnknown(id) && !this.readFromCache.has(id)))
    const stale = ids.filter((id) => this.isStillStale(id))
    const asked = this.isAsking() ? stale : []
    const free = new Set(ids)
    for (const id of asked) free.delete(id)
    for (const id of free) this.underWay.delete(id)
    await this.ask(asked)
    // Some may have been wanted again meanwhile. While nobody can be asked, the end of that begins anew.
    if (this.isAsking()) this.plan()
  }

  private async readKept(ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || !this.options.readCache) return
    for (const id of ids) this.readFromCache.add(id)
    try {
      await this.options.readCache(ids)
    } catch (thrown) {
      this.options.onError?.(toChatError(thrown))
    }
  }

  /** Whether it must be asked for; what is fresh is wanted no more. */
  private isStillStale(id: string): boolean {
    const want = this.wantById.get(id)
    if (!want) return false
    const maxAgeMs = want.maxAgeMs === Infinity ? undefined : want.maxAgeMs
    if (want.isRefresh || this.options.isStale(id, maxAgeMs) || want.isOutdated()) return true
    this.wantById.delete(id)
    return false
  }

  private isAsking(): boolean {
    return this.options.canAsk() && this.pausedUntilAt <= this.options.clock.now()
  }

  private async ask(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    this.lookAgainLater()
    const size = this.batchSize()
    const chunks: (readonly string[])[] = []
    for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size))
    await Promise.all(chunks.map((chunk) => this.askChunk(chunk)))
  }

  private async askChunk(ids: readonly string[]): Promise<void> {
    try {
      const answered = new Set(await this.answerTo(ids))
      for (const id of ids) if (answered.has(id)) this.settle(id)
      this.rest(ids.filter((id) => !answered.has(id)))
    } catch (thrown) {
      await this.recover(ids, toChatError(thrown))
    }
  }

  /** What comes too late is taken all the same; meanwhile it is asked for again. */
  private answerTo(ids: readonly string[]): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const stop = this.options.clock.after(PATIENCE_MS, () => reject(catalogueError('parley', 'no-answer')))
      this.options.fetch(ids).finally(stop).then(resolve, reject)
    })
  }

  private async recover(ids: readonly string[], error: ChatErrorShape): Promise<void> {
    const [first] = ids
    if (ids.length > 1 && (isAskForLess(error) || refusesTheId(error))) {
      const middle = Math.ceil(ids.length / 2)
      await this.askChunk(ids.slice(0, middle))
      await this.askChunk(ids.slice(middle))
    } else if (first !== undefined && refusesTheId(error)) {
      this.options.onRefused(first)
      this.settle(first)
    } else {
      this.options.onError?.(error)
      if (error.kind === 'too-often') this.pause(ids, error.untilAt)
      else this.rest(ids)
    }
  }

  /** It was answered, and with it whatever was wanted meanwhile. */
  private settle(id: string): void {
    this.wantById.delete(id)
    this.restById.delete(id)
    this.underWay.delete(id)
  }

  /** Asks nobody anything until the owner allows it again. */
  private pause(ids: readonly string[], untilAt: EpochMs | undefined): void {
    for (const id of ids) this.underWay.delete(id)
    const now = this.options.clock.now()
    const told = untilAt !== undefined && Number.isFinite(untilAt) ? untilAt : 0
    const end = Math.min(Math.max(told, now + FIRST_RETRY_MS), now + LONGEST_PAUSE_MS)
    const latest = Math.max(this.pausedUntilAt, end)
    this.pausedUntilAt = latest
    this.options.clock.after(latest - now, () => {
      if (this.pausedUntilAt === latest) this.pausedUntilAt = -Infinity
      this.plan()
    })
  }

  /** Leaves ids alone for a while, longer each time. */
  private rest(ids: readonly string[]): void {
    if (ids.length === 0) return
    const now = this.options.clock.now()
    const longest = Math.max(...ids.map((id) => this.restById.get(id)?.ms ?? 0))
    const ms = longest === 0 ? FIRST_RETRY_MS : Math.min(longest * 2, LAST_RETRY_MS)
    const resting: Rest = { ms, untilAt: now + ms }
    for (const id of ids) {
      this.underWay.delete(id)
      this.restById.set(id, resting)
    }
    this.options.clock.after(ms, () => {
      // Whatever the time is said to be: a clock may be set back meanwhile.
      for (const id of ids)
        if (this.restById.get(id) === resting) this.restById.set(id, { ms, untilAt: -Infinity })
      this.plan()
    })
  }

  private lookAgainLater(): void {
    if (this.isLookingAgain) return
    this.isLookingAgain = true
    this.options.clock.after(LOOK_AGAIN_MS, () => {
      this.isLookingAgain = false
      if (this.interestById.size === 0) return
      for (const id of this.interestById.keys()) this.want(id, { isAlways: false, isRefresh: false })
      this.plan()
      this.lookAgainLater()
    })
  }

  private batchSize(): number {
    return Math.max(1, Math.floor(this.options.batchSize()) || 1)
  }
}

const never = () => false
