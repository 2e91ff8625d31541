import { describe, expect, it } from 'vitest'
import { TimelineDriver } from '../../support/timelineDriver'
import type { TimelineEntry } from '../../../src/core/timeline'
import { clientKey } from '../../../src/model'
import type { HistoryPage, HistoryRequest, Message } from '../../../src/model'
import { aMessage, aPage, newestRequest, olderRequest } from '../../support/builders'

/** What the backend and its wire do besides the ordinary. */
interface Habits {
  /** Messages are numbered without holes. */
  readonly isDense: boolean
  /** An older and a newest page travel at the same time. */
  readonly hasTwoPagesAtOnce?: boolean
  /** A live telling may carry only some of a message's keys. */
  readonly tellsSomeKeys?: boolean
  /** So may the echo of an own message. */
  readonly echoesSomeKeys?: boolean
  /** The line may break while a page is on its way. */
  readonly losesWithPageUnderWay?: boolean
}

const STORIES = 300
const STEPS = 40
const PAGE_SIZE = 3

/** Numbers from 0 up to 1, always the same ones for a seed. */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 0) / 2 ** 32
  }
}

/** A server, a wire that loses and delays, and the timeline that must make sense of both. */
class Story {
  readonly log: string[] = []
  private readonly chance: () => number
  private readonly timeline: TimelineDriver
  private readonly stored: Message[] = []
  private readonly queued: string[] = []
  private readonly underWay: { request: HistoryRequest; page: HistoryPage; beside: Message | undefined }[] =
    []
  private newest = 0
  private ownCount = 0

  constructor(
    seed: number,
    private readonly habits: Habits,
  ) {
    this.chance = createChance(seed)
    this.timeline = new TimelineDriver('alice', () => habits.isDense)
  }

  tell(): void {
    this.store()
    this.askNewest()
    this.arrive(0)
    for (let step = 0; step < STEPS; step++) {
      this.takeStep()
      if (this.timeline.isInterrupted && this.underWay.length === 0) this.askNewest()
      this.check()
    }
    this.log.push('calm')
    for (let turns = 0; this.underWay.length > 0 || this.timeline.isInterrupted || this.gapRow; turns++) {
      if (turns > 500) throw new Error('it never comes to rest')
      if (this.underWay.length === 0) {
        if (this.timeline.isInterrupted) this.askNewest()
        else this.askOlder()
      }
      this.arrive(0)
      this.check()
    }
    this.check()
  }

  private takeStep(): void {
    const steps = [
      () => this.hearLive(),
      () => this.hearLive(),
      () => this.lose(),
      () => this.askOlder(),
      () => this.queue(),
      () => this.send(),
      () => this.timeline.isInterrupted && this.askNewest(),
      () => this.underWay.length > 0 && this.arrive(this.pick(this.underWay.length)),
    ]
    steps[this.pick(steps.length)]?.()
  }

  private hearLive(): void {
    const message = this.store()
    this.timeline.addLive([this.habits.tellsSomeKeys ? this.withSomeKeys(message) : message])
    this.log.push(`live ${this.newest}`)
  }

  private lose(): void {
    if (this.underWay.length > 0 && !this.habits.losesWithPageUnderWay) return
    for (let count = 1 + this.pick(6); count > 0; count--) this.store()
    this.timeline.interrupt()
    this.log.push(`interrupted, lost up to ${this.newest}`)
  }

  private queue(): void {
    const clientId = `own${++this.ownCount}`
    this.queued.push(clientId)
    this.timeline.addQueued(aMessage({ senderId: 'alice', clientId }), clientKey('alice', clientId))
    this.log.push(`queued ${clientId}`)
  }

  /** The answer to sending and the echo come in any order. */
  private send(): void {
    const clientId = this.queued.shift()
    if (clientId === undefined) return
    const message = this.store(clientId)
    const echo = () =>
      this.timeline.addLive([this.habits.echoesSomeKeys ? this.withSomeKeys(message) : message])
    const answer = () => this.timeline.settle(clientKey('alice', clientId), message)
    const isEchoFirst = this.chance() < 0.5
    for (const hear of isEchoFirst ? [echo, answer] : [answer, echo]) hear()
    this.log.push(`sent ${clientId} as ${this.newest}, ${isEchoFirst ? 'echo' : 'answer'} first`)
  }

  private askNewest(): void {
    if (this.mayAsk('newest')) this.ask({ ...newestRequest }, this.newest)
  }

  /** The row below the gap that is furthest down. */
  private get gapRow(): string | undefined {
    return [...this.timeline.it.gaps().keys()].at(-1)
  }

  /** Above the gap that is furthest down, else above everything. */
  private askOlder(): void {
    const { older, state } = this.timeline
    const beside = this.gapRow === undefined ? this.timeline.entries()[0] : this.timeline.entry(this.gapRow)
    if (!beside?.message.order || state !== 'ready' || !this.mayAsk('older')) return
    if (this.gapRow === undefined && older && 'end' in older) return
    const { message } = beside
    this.ask({ ...olderRequest, from: { message } }, seqOf(message) - 1, message)
  }

  private mayAsk(which: 'newest' | 'older'): boolean {
    if (!this.habits.hasTwoPagesAtOnce) return this.underWay.length === 0
    return !this.underWay.some(({ request }) => (request.from === 'newest') === (which === 'newest'))
  }

  /** The page is what the server holds at the moment of asking, however late it arrives. */
  private ask(request: HistoryRequest, upTo: number, beside?: Message): void {
    const messages = this.stored.filter((message) => seqOf(message) <= upTo).slice(-PAGE_SIZE)
    const [first] = messages
    const isStart = first === undefined || first === this.stored[0]
    this.timeline.startLoading(request, beside)
    this.underWay.push({
      request,
      beside,
      page: aPage(messages, isStart ? { end: 'start' } : { cursor: String(seqOf(first) - 1) }),
    })
    this.log.push(`ask up to ${upTo}`)
  }

  private arrive(index: number): void {
    for (const { request, page, beside } of this.underWay.splice(index, 1)) {
      this.timeline.addPage(request, page, beside)
      this.log.push(`page ${page.messages.map(seqOf).join(' ')}`)
    }
  }

  private check(): void {
    const entries = this.timeline.entries()
    const names = entries.map(nameOf)
    const placed = entries.filter(({ message }) => message.order).map(({ message }) => seqOf(message))
    const waiting = this.queued.map((clientId) => clientKey('alice', clientId))
    demand('each message stands once', names, [...new Set(names)])
    demand(
      'they stand in order',
      placed,
      [...placed].sort((a, b) => a - b),
    )
    demand('own ones wait at the end, as typed', names.slice(placed.length), waiting)
    const gaps = this.timeline.it.gaps()
    demand('every hole is shown as a gap', this.unmarkedHoles(entries, gaps), [])
    if (this.timeline.isInterrupted || this.underWay.length > 0) return
    demand('the newest is here', placed.slice(-1), [this.newest])
  }

  /** Neighbours between which the server has more, though no gap stands there. */
  private unmarkedHoles(entries: readonly TimelineEntry[], gaps: ReadonlyMap<string, unknown>): string[] {
    const stored = this.stored.map(seqOf)
    const holes: string[] = []
    let before: number | undefined
    for (const { message, rowKey } of entries) {
      if (!message.order) continue
      const seq = seqOf(message)
      const next = before === undefined ? seq : stored[stored.indexOf(before) + 1]
      if (next !== seq && !gaps.has(rowKey)) holes.push(`${before}-${seq}`)
      before = seq
    }
    return holes
  }

  private store(ownClientId?: string): Message {
    this.newest += this.habits.isDense ? 1 : 1 + this.pick(3)
    const message = aMessage({
      seq: this.newest,
      clientId: ownClientId ?? `b${this.newest}`,
      senderId: ownClientId === undefined ? 'bob' : 'alice',
    })
    this.stored.push(message)
    return message
  }

  private withSomeKeys(message: Message): Message {
    const key = message.keys[this.pick(message.keys.length)]
    return key === undefined || this.chance() < 0.5 ? message : { ...message, keys: [key] }
  }

  private pick(count: number): number {
    return Math.floor(this.chance() * count)
  }
}

/** Compares cheaply: this runs some hundred thousand times. */
function demand(what: string, have: readonly unknown[], want: readonly unknown[]): void {
  if (String(have) !== String(want)) throw new Error(`not so: ${what}; have ${have}, want ${want}`)
}

function seqOf({ order }: Message): number {
  return order?.major ?? NaN
}

function nameOf({ message, rowKey }: TimelineEntry): string {
  return message.order ? `#${message.order.major}` : rowKey
}

/** The first story that breaks, with its seed and all that happened in it. */
function findBrokenStory(habits: Habits): string | undefined {
  for (let seed = 1; seed <= STORIES; seed++) {
    const story = new Story(seed, habits)
    try {
      story.tell()
    } catch (error) {
      return `story ${seed}:\n${story.log.join('\n')}\n${String(error)}`
    }
  }
  return undefined
}

describe.each([
  { numbers: 'dense', isDense: true },
  { numbers: 'sparse', isDense: false },
])('A timeline with $numbers numbers makes sense of any story', ({ isDense }) => {
  it.each<{ what: string } & Omit<Habits, 'isDense'>>([
    { what: 'of a quiet backend' },
    { what: 'in which tellings carry only some keys', tellsSomeKeys: true },
    { what: 'in which echoes carry only some keys', tellsSomeKeys: true, echoesSomeKeys: true },
    { what: 'in which two pages travel at once', hasTwoPagesAtOnce: true },
    { what: 'in which the line breaks while a page travels', losesWithPageUnderWay: true },
    {
      what: 'in which all of this happens',
      tellsSomeKeys: true,
      echoesSomeKeys: true,
      hasTwoPagesAtOnce: true,
      losesWithPageUnderWay: true,
    },
  ])('$what', (habits) => {
    expect(findBrokenStory({ isDense, ...habits })).toBeUndefined()
  })
})
