import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createChatKit, type ChatKit } from '../../../src/app'
import { createScriptedTransport } from '../../support/scriptedTransport'
import {
  drawnRows,
  frames,
  middleRow,
  mixedRows,
  openStage,
  placed,
  type TimelineStage,
} from './timelineStage'

let kit: ChatKit
let stage: TimelineStage | undefined

beforeEach(async () => {
  await page.viewport(1000, 900)
  kit = createChatKit({ transport: createScriptedTransport().transport, userId: 'me' })
})
afterEach(async () => {
  stage?.wrapper.unmount()
  document.body.replaceChildren()
  await kit.dispose()
})

/** Notes how high rows are while they are drawn. */
function heightNotes(log: HTMLElement) {
  const heights = new Map<string, number>()
  let isOver = false
  const look = () => {
    for (const { key, height } of drawnRows(log)) heights.set(key, height)
    if (!isOver) requestAnimationFrame(look)
  }
  look()
  return { heights, stop: () => (isOver = true) }
}

describe('rows that nobody has seen yet', () => {
  it.each([900, 380])('let 40 wheel steps of 600 px move 24,000 px, %i px wide', async (width) => {
    const rows = mixedRows(0, 1000)
    stage = openStage(rows, { width, height: 800, kit })
    await placed(stage)
    const { log } = stage
    const notes = heightNotes(log)
    const before = middleRow(log)
    for (let step = 0; step < 40; step++) {
      await userEvent.wheel(log, { delta: { y: -600 } })
      await frames(3)
    }
    await frames(30)
    notes.stop()
    const after = middleRow(log)
    const numberOf = (key: string) => rows.findIndex((row) => row.key === key)
    const passed = rows.slice(numberOf(after.key), numberOf(before.key))
    const between = passed.reduce((sum, { key }) => sum + (notes.heights.get(key) ?? NaN), 0)
    const moved = between + after.top - before.top
    expect(Math.abs(moved - 24_000)).toBeLessThanOrEqual(240)
  })

  it('are where one jumps to at once', async () => {
    stage = openStage(mixedRows(0, 1000), { width: 600, height: 800, kit })
    await placed(stage)
    const { log, wrapper } = stage
    for (const number of [500, 20, 900, 333]) {
      const arrived = (wrapper.vm as unknown as { showRow(key: string): Promise<void> }).showRow(
        `row-${number}`,
      )
      for (let frame = 0; frame < 6; frame++) {
        await frames(1)
        const row = drawnRows(log).find(({ key }) => key === `row-${number}`)
        expect(row).toBeDefined()
        expect(Math.abs((row?.top ?? NaN) + (row?.height ?? NaN) / 2 - 400)).toBeLessThanOrEqual(1)
      }
      await arrived
    }
  })
})
