import { createApp, h } from 'vue'
import { ChatKitProvider, createChatKit, LiveRoom } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { createEmbeddedService, createEmbeddedTransport } from 'vue-parley/transports/embedded'
import { frame, turn, wait } from './stage'

/** What a live room costs that a flood comes into. */
export interface LiveCost {
  /** The longest time without a frame. */
  readonly longestGapMs: number
  /** From a key to the frame that shows it, in the middle. */
  readonly typingMs: number
  /** What the page holds after collection, early and late. */
  readonly heapMb: readonly [early: number, late: number]
  /** Messages of high priority that never stood in the document. */
  readonly droppedHigh: number
  readonly said: number
}

/** How far the room that is watched now has come. */
export interface LiveSoFar {
  readonly ms: number
  readonly said: number
}

let soFar = (): LiveSoFar => ({ ms: 0, said: 0 })

/** Tells it to whoever waits for the end. */
export function liveSoFar(): LiveSoFar {
  return soFar()
}

const EARLY_MS = 10_000
const LATE_MS = 30_000
const TYPED_EVERY_MS = 400

/** Watches a room into which so many messages a second come. */
export async function live(perSecond: number, heap: () => Promise<number>): Promise<LiveCost> {
  const service = createEmbeddedService({
    name: `live-${perSecond}`,
    storage: 'memory',
    rates: { livePerSecond: 2_000 },
  })
  const kits = await Promise.all(['host', 'viewer'].map((userId) => signIn(userId)))
  const [host, viewer] = kits as [ChatKit, ChatKit]

  async function signIn(userId: string): Promise<ChatKit> {
    await service.addUser({ id: userId, name: userId })
    const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId, cache: 'memory' })
    await kit.online()
    return kit
  }

  await host.dispatch({
    type: 'createGroup',
    group: { id: 'show', type: 'live', name: 'Show' },
    memberIds: [],
  })
  const app = createApp({
    render: () => h(ChatKitProvider, { kit: viewer }, () => h(LiveRoom, { groupId: 'show' })),
  })
  app.mount('#stage')
  const field = await entered()
  const high = watchHigh()
  const crowd = service.startCrowd('show', { perSecond, giftShare: 0.01 })
  // What is compiled and laid out for the first time is not what a flood costs.
  await wait(2_000)
  const startedAt = performance.now()
  soFar = () => ({ ms: performance.now() - startedAt, said: crowd.counts().said })
  const gaps = watchGaps()
  const typed: number[] = []

  async function typeUntil(ms: number): Promise<void> {
    while (performance.now() - startedAt < ms) {
      typed.push(await typeOne(field))
      await wait(TYPED_EVERY_MS)
    }
  }

  await typeUntil(EARLY_MS)
  const early = await gaps.without(heap)
  await typeUntil(LATE_MS)
  const late = await gaps.without(heap)
  const longestGapMs = gaps.longest()
  crowd.stop()
  await wait(1_000)
  const counts = crowd.counts()
  const droppedHigh = counts.high - high()
  app.unmount()
  await Promise.all(kits.map((kit) => kit.dispose()))
  service.close()
  return {
    longestGapMs,
    typingMs: median(typed),
    heapMb: [early / 1_000_000, late / 1_000_000],
    droppedHigh,
    said: counts.said,
  }
}

/** The field to write in, once the room is entered. */
async function entered(): Promise<HTMLInputElement> {
  for (;;) {
    const field = document.querySelector<HTMLInputElement>('#stage input[type=text]:not(:disabled)')
    if (field) return field
    await frame()
  }
}

/** Counts the gifts that come into the list. */
function watchHigh(): () => number {
  let count = 0
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (node instanceof HTMLElement && node.matches('li[data-gift]')) count++
      }
    }
  })
  const list = document.querySelector('#stage .parley-list')
  if (!list) throw new Error('the room has no list')
  observer.observe(list, { childList: true })
  return () => count
}

/** Measures the time between frames; what `without` does is not part of it. */
function watchGaps() {
  let last: number | undefined
  let longest = 0
  let isPaused = false
  function onFrame(): void {
    const now = performance.now()
    if (!isPaused && last !== undefined) longest = Math.max(longest, now - last)
    last = isPaused ? undefined : now
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
  return {
    longest: () => longest,
    async without<R>(work: () => Promise<R>): Promise<R> {
      isPaused = true
      const result = await work()
      // What waited meanwhile is drawn first.
      await wait(300)
      isPaused = false
      return result
    },
  }
}

/** One more character, until the frame that shows it is drawn. */
async function typeOne(field: HTMLInputElement): Promise<number> {
  const from = performance.now()
  field.value = field.value.length > 40 ? 'x' : `${field.value}x`
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await frame()
  await turn()
  return performance.now() - from
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN
}
