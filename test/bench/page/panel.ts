import { openCache } from '../../../src/cache'
import type { Cache } from '../../../src/core/ports'
import { randomIds, systemClock } from '../../../src/platform/web'
import { openBareList } from './bare'
import type { BareList } from './bare'
import { batchSizes, CONVERSATION, HISTORY, messagesFrom, textAt } from './messages'
import { databaseOf, frame, openStage, shown, wait } from './stage'

/** A panel, or the bare list beside which it is measured, with a conversation of so many messages in it. */
interface Subject {
  append(first: number, count: number): Promise<void>
  leave(): Promise<void>
}

/** Which of both. */
export type Kind = 'panel' | 'bare'

async function open(kind: Kind, userId: string, count: number): Promise<Subject> {
  if (kind === 'bare') {
    const list = await openBareList(messagesFrom(1, count))
    return {
      append: (first, more) => list.append(messagesFrom(first, more)),
      leave: async () => list.leave(),
    }
  }
  const stage = openStage(userId)
  return {
    append: async (first, more) =>
      stage.backend.tell({ type: 'message.received', messages: messagesFrom(first, more), isLive: true }),
    leave: () => stage.leave(),
  }
}

let subject: Subject | undefined
let next = 0

/** Opens a conversation; the panel reads it out of the cache, where it was put before. */
export async function beginPanel(kind: Kind, userId: string, count: number): Promise<void> {
  subject = await open(kind, userId, count)
  await shown(textAt(count))
  next = count + 1
  await appendOneByOne(5)
}

/**
 * So many messages come one by one, each shown before the next, and painted too: what comes between two frames nobody would
 * see apart, and the panel takes it together.
 */
export async function appendOneByOne(count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    await subject?.append(next, 1)
    await shown(textAt(next))
    await frame()
    next++
  }
}

/** How many messages are in the document. */
export function rowsInPage(): number {
  return document.querySelectorAll('#stage article').length
}

/** Takes it off the page. */
export async function endPanel(): Promise<void> {
  await subject?.leave()
  subject = undefined
}

/**
 * How long a conversation takes from the moment it is wanted to its newest messages on screen, in an app that is running: its
 * kit is online, its database is open, and no conversation was open before.
 */
export async function openPanel(kind: Kind, userId: string, count: number): Promise<number> {
  const subject = await (kind === 'panel' ? runningPanel : runningBareList)(userId)
  await frame()
  await frame()
  const from = performance.now()
  await subject.open()
  await shown(textAt(count))
  const ms = performance.now() - from
  await subject.leave()
  return ms
}

async function runningPanel(userId: string) {
  const stage = openStage(userId, undefined, undefined, false)
  await stage.kit.online()
  // Who asks the same database later is answered when the kit has read what it begins with.
  const cache = cacheOf(userId)
  await cache.start()
  await cache.close()
  return { open: async () => stage.open(), leave: () => stage.leave() }
}

/** It reads as many messages as the panel, in the plainest way, out of the same database. */
async function runningBareList(userId: string) {
  const cache = cacheOf(userId)
  await cache.start()
  let list: BareList | undefined
  return {
    open: async () => {
      list = await openBareList(await newest(cache))
    },
    leave: async () => {
      list?.leave()
      await cache.close()
    },
  }
}

function cacheOf(userId: string): Cache {
  return openCache({ name: databaseOf(userId), ownId: userId, clock: systemClock, ids: randomIds })
}

async function newest(cache: Cache) {
  return (await cache.openNewest(CONVERSATION, HISTORY)).page.messages
}

/** What a burst cost. */
export interface BurstCost {
  readonly longestFrameMs: number
  readonly longTaskMs: number
}

/** So many messages within a second: the longest frame, and the longest that the page did not answer. */
export async function burst(count: number): Promise<BurstCost> {
  let longestFrameMs = 0
  // Browsers tell of no task that is shorter than this.
  let longTaskMs = 50
  let isOver = false
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTaskMs = Math.max(longTaskMs, duration)
  })
  observer.observe({ type: 'longtask' })
  const watching = (async () => {
    for (let last = performance.now(); !isOver;) {
      await frame()
      const now = performance.now()
      longestFrameMs = Math.max(longestFrameMs, now - last)
      last = now
    }
  })()
  const from = performance.now()
  const last = next + count
  for (const size of batchSizes(count)) {
    const dueMs = ((next + size - last + count) / count) * 1_000
    await wait(Math.max(dueMs - (performance.now() - from), 0))
    await subject?.append(next, size)
    next += size
  }
  await shown(textAt(next - 1))
  isOver = true
  await watching
  await wait(100)
  observer.disconnect()
  return { longestFrameMs, longTaskMs }
}

const typed: number[] = []
addEventListener(
  'keydown',
  ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        typed.push(performance.now() - timeStamp)
        port1.close()
      }
      port2.postMessage(undefined)
    })
  },
  true,
)

/** How long each key pressed since the last time took to be seen. */
export function takeTyped(): number[] {
  return typed.splice(0)
}
