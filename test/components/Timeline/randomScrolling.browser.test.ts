import { afterEach, beforeEach, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { h, shallowRef, triggerRef } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import type { TimelineRow } from '../../../src/composables'
import { createRandom, type Random } from '../../../src/core/random'
import { createScriptedTransport } from '../../support/scriptedTransport'
import {
  distanceFromEnd,
  drawBubble,
  drawnRows,
  middleRow,
  mixedRow,
  mixedRows,
  openStage,
  placed,
  type TimelineStage,
} from './timelineStage'

/** Others may be asked for: `VITE_SCROLL_SEEDS=3,4,5 npx vitest run --project browser randomScrolling`. */
const env = import.meta.env as Readonly<Record<string, string | undefined>>
const seeds = (env['VITE_SCROLL_SEEDS'] ?? '1').split(',').map(Number)
const operationCount = 200
const framesAfterEach = 2

let kit: ChatKit
let stage: TimelineStage | undefined
const still = document.createElement('style')

beforeEach(async () => {
  await page.viewport(1000, 900)
  // A message that appears moves by itself.
  still.textContent = '* { animation: none !important }'
  document.head.append(still)
  kit = createChatKit({ transport: createScriptedTransport().transport, userId: 'me' })
})
afterEach(async () => {
  stage?.wrapper.unmount()
  document.body.replaceChildren()
  still.remove()
  await kit.dispose()
})

/** The moment after a frame was painted: only then what is in the document is what was seen. */
async function painted(): Promise<void> {
  await new Promise(requestAnimationFrame)
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

const tallSvg = (px: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="${px}"/>`)}`

/** What must stay where it is: the end, or the row that is read; where two of them meet in the middle, one of both. */
type Expected =
  { readonly end: number } | { readonly rows: readonly { readonly key: string; readonly top: number }[] }

function expectedNow(log: HTMLElement): Expected {
  const end = distanceFromEnd(log)
  const middle = log.clientHeight / 2
  const rows = drawnRows(log).filter(({ top, height }) => top <= middle + 2 && top + height >= middle - 2)
  return end <= 24 ? { end } : { rows }
}

/** How far what must stay has moved; undefined where it is not there any more. */
function movedBy(log: HTMLElement, expected: Expected): number | undefined {
  if ('end' in expected) return Math.abs(distanceFromEnd(log) - expected.end)
  const now = drawnRows(log)
  // Where what follows has become too short to fill the view the end comes up, and all rows come down with it: otherwise
  // there would be blank space below the last one.
  const isAtEnd = distanceFromEnd(log) <= 1
  const moves = expected.rows.flatMap(({ key, top }) => {
    const row = now.find((one) => one.key === key)
    if (!row) return []
    return isAtEnd && row.top > top ? 0 : Math.abs(row.top - top)
  })
  return moves.length > 0 ? Math.min(...moves) : undefined
}

/** How many pixels of what is seen nothing is drawn in, besides the edges of the list. */
function blankPx(log: HTMLElement): number {
  const height = log.clientHeight
  const rows = drawnRows(log)
  const covered = rows.reduce(
    (sum, row) => sum + Math.max(Math.min(row.top + row.height, height) - Math.max(row.top, 0), 0),
    0,
  )
  const edges = [...log.children].filter((child) => !child.matches('.parley-rows'))
  const edge = log.getBoundingClientRect().top
  const beside = edges.reduce((sum, child) => {
    const { top, bottom } = child.getBoundingClientRect()
    return sum + Math.max(Math.min(bottom - edge, height) - Math.max(top - edge, 0), 0)
  }, 0)
  return height - covered - beside
}

/** A person, a backend and a window that do what they like. */
function aWorld(stage: TimelineStage, loaded: { value: Set<string> }, random: Random) {
  const { log, box, wrapper } = stage
  let rows: readonly TimelineRow[] = mixedRows(0, 10_000)
  let [first, last] = [0, 10_000]
  let edits = 0
  const setRows = (next: readonly TimelineRow[]) => {
    rows = next
    return wrapper.setProps({ rows })
  }
  /** The number of a row near what is seen, but not the one that is read. */
  function near(): number {
    const { key } = middleRow(log)
    const middle = rows.findIndex((row) => row.key === key)
    const index = middle + random.pick([-1, 1]) * random.between(1, 9)
    return Math.min(Math.max(index, 0), rows.length - 1)
  }
  const change = (index: number, extra: Partial<TimelineRow>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...extra } : row)))

  async function edit(index: number): Promise<void> {
    const row = rows[index]
    if (!row) return
    const { message } = mixedRow(1_000_000 + ++edits)
    await change(index, { message: { ...row.message, parts: message.parts, revision: edits } })
  }

  return {
    async scroll() {
      log.scrollTop += random.pick([-1, 1, -3]) * random.between(1, 800)
      return 'asked'
    },
    async prepend() {
      const count = random.between(20, 80)
      first -= count
      await setRows([...Array.from({ length: count }, (_, at) => mixedRow(first + at)), ...rows])
      return 'quiet'
    },
    async live() {
      const count = random.between(1, 4)
      const added = Array.from({ length: count }, (_, at) => mixedRow(last + at, { isOwn: false }))
      last += count
      const wasAtEnd = distanceFromEnd(log) <= 24
      await setRows([...rows, ...added])
      return wasAtEnd ? 'asked' : 'quiet'
    },
    async send() {
      await setRows([...rows, mixedRow(last++, { isOwn: true })])
      return 'asked'
    },
    async prependWhileLive() {
      first -= 30
      const added = mixedRow(last++, { isOwn: false })
      const wasAtEnd = distanceFromEnd(log) <= 24
      await setRows([...Array.from({ length: 30 }, (_, at) => mixedRow(first + at)), ...rows, added])
      return wasAtEnd ? 'asked' : 'quiet'
    },
    async picture() {
      for (const { key } of drawnRows(log)) if (random.chance(0.5)) loaded.value.add(key)
      triggerRef(loaded as never)
      return 'quiet'
    },
    async edit() {
      await edit(near())
      return 'quiet'
    },
    async editTheRead() {
      const { key, top } = middleRow(log)
      await edit(rows.findIndex((row) => row.key === key))
      // What began above may have become too low to be seen.
      return top < 0 ? 'asked' : 'quiet'
    },
    async day() {
      await change(near(), { dayStartsAt: 1, isRunStart: true })
      return 'quiet'
    },
    async remove() {
      const index = near()
      const { key } = middleRow(log)
      await setRows(rows.filter((row, at) => at !== index || row.key === key))
      return 'quiet'
    },
    async width() {
      box.style.width = `${random.between(320, 960)}px`
      return 'quiet'
    },
    async height() {
      box.style.height = `${random.between(300, 850)}px`
      return 'quiet'
    },
    async jump() {
      const key = rows[random.between(0, rows.length - 1)]?.key ?? ''
      await (wrapper.vm as unknown as { showRow(key: string): Promise<void> }).showRow(key)
      const row = drawnRows(log).find((one) => one.key === key)
      expect(row, `the row ${key} that was jumped to`).toBeDefined()
      return 'asked'
    },
    async scrollAndPrepend() {
      log.scrollTop -= random.between(50, 400)
      first -= 25
      await setRows([...Array.from({ length: 25 }, (_, at) => mixedRow(first + at)), ...rows])
      return 'asked'
    },
  }
}

it.each(seeds)(
  'what is read stays where it is, seed %i',
  async (seed) => {
    const random = createRandom(seed)
    const loaded = shallowRef(new Set<string>())
    const drawRow = (row: TimelineRow) => [
      drawBubble(row),
      ...(loaded.value.has(row.key) ? [h('img', { src: tallSvg(40 + ((row.key.length * 97) % 160)) })] : []),
    ]
    stage = openStage(mixedRows(0, 10_000), { height: 700, kit, draw: drawRow })
    await placed(stage)
    const { log } = stage
    const operations = aWorld(stage, loaded, random)
    const names = Object.keys(operations) as (keyof typeof operations)[]
    const troubles: string[] = []
    let blankFrames = 0
    for (let step = 0; step < operationCount; step++) {
      const name = random.pick(names)
      let expected = expectedNow(log)
      const isQuiet = (await operations[name]()) === 'quiet'
      for (let frame = 0; frame < framesAfterEach; frame++) {
        await painted()
        if (!isQuiet && frame === 0) expected = expectedNow(log)
        const px = movedBy(log, expected)
        const where = `${name} (step ${step}, frame ${frame})`
        if (px === undefined || px > 1) {
          troubles.push(`${where} moved ${JSON.stringify(expected)} by ${px}`)
          expected = expectedNow(log)
        }
        blankFrames = blankPx(log) > 2 ? blankFrames + 1 : 0
        if (blankFrames > 1) troubles.push(`${where} left ${blankPx(log)} px blank`)
      }
    }
    expect(troubles, `seed ${seed}`).toEqual([])
  },
  120_000,
)
