import { describe, expect, it } from 'vitest'
import { Timeline } from '../../../src/core/timeline'
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
  private readonly timeline: Timeline
  private readonly stored: Message[] = []
  private readonly queued: string[] = []
  private readonly underWay: { request: HistoryRequest; page: HistoryPage }[] = []
  private newest = 0
  private ownCount = 0

  constructor(
    seed: number,
    private readonly habits: Habits,
  ) {
    this.chance = createChance(seed)
    this.timeline = new Timeline('alice', () => habits.isDense)
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
    while (this.underWay.length > 0 || this.timeline.isInterrupted) {
      if (this.underWay.length === 0) this.askNewest()
      this.arrive(0)
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

  private askOlder(): void {
    const { older, state } = this.timeline
    if (!older || !('cursor' in older) || state !== 'ready' || !this.mayAsk('older')) return
    this.ask({ ...olderRequest, from: older }, Number(older.cursor))
  }

  private mayAsk(which: 'newest' | 'older'): boolean {
    if (!this.habits.hasTwoPagesAtOnce) return this.underWay.length === 0
    return !this.underWay.some(({ request }) => (request.from === 'newest') === (which === 'newest'))
  }

  /** The page is what the server holds at the moment of asking, however late it arrives. */
  private ask(request: HistoryRequest, upTo: number): void {
    const messages = this.stored.filter((message) => seqOf(message) <= upTo).slice(-PAGE_SIZE)
    const [first] = messages
    const isStart = first === undefined || first === this.stored[0]
    this.timeline.startLoading(request)
    this.underWay.push({
      request,
      page: aPage(messages, isStart ? { end: 'start' } : { cursor: String(seqOf(first) - 1) }),
    })
    this.log.push(`ask up to ${upTo}`)
  }

  private arrive(index: number): void {
    for (const { request, page } of this.underWay.splice(index, 1)) {
      this.timeline.addPage(request, page)
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
    if (this.timeline.isInterrupted || this.underWay.length > 0) return
    const [oldest = Infinity] = placed
    const kept = this.stored.map(seqOf).filter((seq) => seq >= oldest)
    demand('nothing is missing', placed, kept)
    demand('the newest is here', placed.slice(-1), [this.newest])
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
