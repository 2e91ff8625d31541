import { nextTick } from 'vue'
import { createRandom } from '../../../src/core/random'
import { contacts } from './contacts'
import { beginList, endList, mountList, renameList, reorderList } from './list'
import { live, liveSoFar } from './live'
import { createMembersBench } from './members'
import { batchSizes, HISTORY, messageAt, messagesFrom, textAt } from './messages'
import { opened, prefill } from './prefill'
import { appendOneByOne, beginPanel, burst, endPanel, openPanel, rowsInPage, takeTyped } from './panel'
import { databaseOf, deleted, frame, openStage, profileOf, shown, turn, wait } from './stage'
import type { Stage } from './stage'
import { text, textUnits } from './text'

declare global {
  /** What the runner calls in this page. */
  var bench: typeof measures
  interface Performance {
    /** Exact under `--enable-precise-memory-info`. */
    readonly memory: { readonly usedJSHeapSize: number }
  }
}

let stages = 0
const transactionCount = countTransactions()

const measures = {
  ...{ prefill, open, transactions },
  ...{ beginIngest, ingest, endIngest },
  ...{ beginProfiles, passBy, endProfiles },
  ...{ text, textUnits, contacts },
  ...{ beginPanel, appendOneByOne, rowsInPage, endPanel, openPanel, burst, takeTyped },
  ...{ beginList, mountList, reorderList, renameList, endList },
  members: createMembersBench(),
  live: (perSecond: number) => live(perSecond, heap),
  liveSoFar,
}
globalThis.bench = measures

let ingesting: { readonly stage: Stage; readonly userId: string } | undefined

async function beginIngest(): Promise<void> {
  const userId = `ingest-${(stages += 1)}`
  const stage = openStage(userId)
  stage.backend.tell({ type: 'message.received', messages: messagesFrom(1, HISTORY), isLive: true })
  await shown(textAt(HISTORY))
  ingesting = { stage, userId }
}

/** Takes so many live messages from the backend to their rows in the document and into the cache. */
async function ingest(count: number): Promise<void> {
  if (!ingesting) throw new Error('nothing was begun')
  const { stage } = ingesting
  let next = HISTORY + 1
  for (const size of batchSizes(count)) {
    stage.backend.tell({
      type: 'message.received',
      messages: messagesFrom(next, size),
      isLive: true,
    })
    next += size
    await nextTick()
    await turn()
  }
  await shown(textAt(next - 1))
  const kept = await stage.kit.facts?.cacheSize?.()
  if (kept?.messages !== count + HISTORY) throw new Error(`the cache holds ${kept?.messages} messages`)
}

async function endIngest(): Promise<void> {
  await ingesting?.stage.leave()
  if (ingesting) await deleted(databaseOf(ingesting.userId))
}

/** Opens a conversation out of the cache: how long until its newest rows are seen, and what the page holds then. */
async function open(
  userId: string,
  count: number,
): Promise<{ ms: number; heapMb: number; browserMs: number }> {
  // How long the browser takes to open its own files, once a session, is told apart: nobody but the browser can change it.
  const browserFrom = performance.now()
  const held = await opened(databaseOf(userId))
  const browserMs = performance.now() - browserFrom
  const before = await heap()
  const from = performance.now()
  const stage = openStage(userId)
  await shown(textAt(count))
  const ms = performance.now() - from
  await wait(500)
  const after = await heap()
  if (stage.backend.asked.length > 0) throw new Error('the conversation was not opened out of the cache')
  await stage.leave()
  held.close()
  return { ms, heapMb: (after - before) / 1_000_000, browserMs }
}

async function heap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    if (!globalThis.gc) throw new Error('start the browser with --js-flags=--expose-gc')
    await globalThis.gc()
    await wait(50)
  }
  return performance.memory.usedJSHeapSize
}

let passing:
  { readonly stage: Stage; readonly userId: string; readonly heard: Heard; next: number } | undefined

/** What a page wants to know of people, and what it asks. */
interface Heard {
  readonly seen: Set<string>
  readonly answered: Set<string>
  readonly asked: string[]
  requests: number
}

function beginProfiles(): void {
  const userId = `profiles-${(stages += 1)}`
  const heard: Heard = { seen: new Set(), answered: new Set(), asked: [], requests: 0 }
  const stage = openStage(
    userId,
    {
      batchSize: 100,
      pushes: 'none',
      async fetch(ids) {
        heard.requests++
        heard.asked.push(...ids)
        await wait(60)
        for (const id of ids) heard.answered.add(id)
        return { found: ids.map(profileOf), missing: [] }
      },
    },
    (ids) => ids.forEach((id) => id.startsWith('user-') && !heard.answered.has(id) && heard.seen.add(id)),
  )
  passing = { stage, userId, heard, next: 1 }
}

/** Messages of many people pass by. */
async function passBy(count: number, senderCount: number): Promise<void> {
  if (!passing) throw new Error('nothing was begun')
  const { stage, next } = passing
  const random = createRandom(next)
  for (let seq = next; seq < next + count; seq += 10) {
    const messages = Array.from({ length: Math.min(10, next + count - seq) }, (_, index) =>
      messageAt(seq + index, `user-${random.between(0, senderCount - 1)}`),
    )
    stage.backend.tell({ type: 'message.received', messages, isLive: true })
    await nextTick()
    await frame()
  }
  passing.next += count
}

/** How often the page has asked who they are, of how many that were seen unknown. */
async function endProfiles(): Promise<{ requests: number; asked: number; repeated: number; seen: number }> {
  if (!passing) throw new Error('nothing was begun')
  const { stage, userId, heard } = passing
  await wait(4_000)
  await stage.leave()
  await deleted(databaseOf(userId))
  const { requests, asked, seen } = heard
  return { requests, asked: asked.length, repeated: asked.length - new Set(asked).size, seen: seen.size }
}

/** Database transactions while so many messages come, so many in a second. */
async function transactions(count: number, perSecond: number): Promise<number> {
  const userId = `transactions-${(stages += 1)}`
  const stage = openStage(userId)
  stage.backend.tell({ type: 'message.received', messages: messagesFrom(1, HISTORY), isLive: true })
  await shown(textAt(HISTORY))
  await wait(6_000)
  const before = transactionCount()
  const from = performance.now()
  for (let sent = 0; sent < count;) {
    await wait(10)
    const due = Math.min(Math.floor(((performance.now() - from) / 1000) * perSecond), count)
    if (due === sent) continue
    const messages = messagesFrom(HISTORY + sent + 1, due - sent)
    stage.backend.tell({ type: 'message.received', messages, isLive: true })
    sent = due
  }
  // What still waits to be written counts too.
  await wait(12_000)
  const total = transactionCount() - before
  await stage.leave()
  await deleted(databaseOf(userId))
  return total
}

/** Counts from now on: databases opened before keep what they found. */
function countTransactions(): () => number {
  const begin = IDBDatabase.prototype.transaction
  let total = 0
  IDBDatabase.prototype.transaction = function (...args) {
    total++
    return begin.apply(this, args)
  }
  return () => total
}
