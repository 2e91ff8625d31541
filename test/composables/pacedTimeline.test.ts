import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { usePacedTimeline } from '../../src/composables/pacedTimeline'
import type { PacedTimeline } from '../../src/composables/pacedTimeline'
import { useTimelineStore } from '../../src/stores'
import { aMessage, aPage, textsOf } from '../support/builders'
import { createFakeClock } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'
import type { ScriptedTransport } from '../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let clock: FakeClock
let view: PacedTimeline
let leave: () => void
/** What waits for the next frame. */
let frames: Map<number, () => void>

const shown = () => textsOf((view.shown.value?.entries() ?? []).map(({ message }) => message))
const receive = (from: number, to = from, senderId = 'bob') =>
  backend.tell({
    type: 'message.received',
    messages: Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index, senderId })),
    isLive: true,
  })
function draw(): void {
  const due = [...frames.values()]
  frames.clear()
  for (const one of due) one()
}

beforeEach(async () => {
  frames = new Map()
  let count = 0
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => {
    frames.set(++count, work)
    return count
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
  backend = createScriptedTransport()
  clock = createFakeClock()
  kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, cache: 'memory' })
  backend.goOnline()
  await kit.online()
  backend.answers.push(aPage([aMessage({ seq: 1 })]))
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  const store = useTimelineStore(kit.pinia)
  const mounted = runInKit(kit, () => usePacedTimeline(clock, () => store.timelineById.get('c1'), 'alice'))
  view = mounted.view
  leave = mounted.stop
  await clock.advance(1_000)
})
afterEach(async () => {
  leave()
  await kit.dispose()
  vi.unstubAllGlobals()
})

it('shows a message of a quiet moment at once, and what follows it with the next frame', async () => {
  receive(2)
  expect(shown()).toHaveLength(2)
  receive(3)
  receive(4)
  expect(shown()).toHaveLength(2)
  await clock.advance(16)
  draw()
  expect(shown()).toEqual(['message 1', 'message 2', 'message 3', 'message 4'])
})

it('waits for no frame with what one says oneself, and with what came before it', () => {
  receive(2)
  receive(3)
  receive(4, 4, 'alice')
  expect(shown()).toHaveLength(4)
})

it('shows a flood in steps, and nothing less of it', async () => {
  receive(2)
  for (let frame = 0; frame < 12; frame++) {
    receive(3 + frame * 10, 12 + frame * 10)
    draw()
    await clock.advance(16)
  }
  const steps = shown().length
  expect(steps).toBeGreaterThan(2)
  await clock.advance(1_000)
  draw()
  expect(shown()).toHaveLength(122)
})

it('comes to its end where no frame is drawn, and shows at once what it is told to', async () => {
  receive(2)
  receive(3)
  view.hurry()
  expect(shown()).toHaveLength(3)
  receive(4)
  receive(5)
  await clock.advance(1_000)
  expect(shown()).toHaveLength(5)
})
