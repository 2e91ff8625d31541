import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit, type ChatKit } from '../../../src/app'
import { predictHeight } from '../../../src/components/Timeline/predictHeight'
import { readRowMetrics } from '../../../src/components/Timeline/rowMetrics'
import type { TimelineRow } from '../../../src/composables'
import { createTranslator, en } from '../../../src/i18n'
import { createScriptedTransport } from '../../support/scriptedTransport'
import { drawnRows, mixedRows, openStage, placed, type TimelineStage } from './timelineStage'

const { time } = createTranslator(en)
let kit: ChatKit
let stage: TimelineStage | undefined

beforeEach(() => {
  kit = createChatKit({ transport: createScriptedTransport().transport, userId: 'me' })
})
afterEach(async () => {
  stage?.wrapper.unmount()
  document.body.replaceChildren()
  await kit.dispose()
})

describe('the height of a row that was never drawn', () => {
  it.each([900, 600, 380])('is what it will be, %i px wide', async (width) => {
    const rows = mixedRows(0, 300)
    stage = openStage(rows, { width, height: 60_000, kit })
    await placed(stage)
    const metrics = readRowMetrics(stage.log)
    const drawn = drawnRows(stage.log)
    expect(drawn).toHaveLength(300)
    const around = { isGroup: true, timeOf: ({ message }: TimelineRow) => time(message.sentAt) }
    const errors = drawn.map(({ height }, index) => {
      const row = rows[index]
      return row ? predictHeight(row, around, metrics) - height : NaN
    })
    const total = drawn.reduce((sum, { height }) => sum + height, 0)
    const error = errors.reduce((sum, px) => sum + px, 0)
    expect(Math.abs(error / total)).toBeLessThan(0.01)
    // A browser breaks a few lines by rules of its own.
    const wrong = errors.flatMap((px, index) =>
      Math.abs(px) > 1 ? [`${px.toFixed(1)} px in ${JSON.stringify(rows[index]?.message.parts)}`] : [],
    )
    expect(wrong.slice(9), wrong.join('\n')).toEqual([])
  })
})
