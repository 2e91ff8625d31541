import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { ChatKit, ChatKitOptions } from '../../../src/app'
import { useTimeline } from '../../../src/composables'
import type { HistoryPage } from '../../../src/model'
import { useTimelineStore } from '../../../src/stores'
import { aMessage, aPage, textsOf } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import type { RecordingLogger } from '../../support/recordingLogger'
import { runInKit } from '../../support/runInKit'
import { createScriptedTransport } from '../../support/scriptedTransport'
import type { Script, ScriptedTransport } from '../../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let logger: RecordingLogger

async function aKit(script: Script = {}, options: Partial<ChatKitOptions> = {}): Promise<void> {
  backend = createScriptedTransport(script)
  logger = createRecordingLogger()
  const clock = createFakeClock()
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger,
    clock,
    cache: 'memory',
    ...options,
  })
  backend.goOnline()
  await settle()
}

/** A backend whose pages come when a test gives them, in the order they were asked for. */
function slowPages() {
  const answers: ((page: HistoryPage) => void)[] = []
  const history = () => new Promise<HistoryPage>((resolve) => answers.push(resolve))
  async function give(index: number, page: HistoryPage): Promise<void> {
    answers[index]?.(page)
    await settle()
  }
  return { answers, script: { messages: { history } }, give }
}

const timeline = () => useTimelineStore(kit.pinia).timelineById.get('c1')
const texts = () => textsOf((timeline()?.entries() ?? []).map(({ message }) => message))

afterEach(() => kit.dispose())

describe('the newest page', () => {
  it('is asked for again where the history is cleared while it is on its way', async () => {
    const { answers, script, give } = slowPages()
    await aKit(script)
    const { view, stop } = runInKit(kit, () => useTimeline('c1'))
    await settle()
    expect(answers).toHaveLength(1)
    backend.tell({ type: 'conversation.cleared', id: 'c1', upToAt: 2_000_000 })
    await settle()
    expect(answers).toHaveLength(2)
    await give(0, aPage([aMessage({ seq: 1 })]))
    await give(1, aPage([]))
    expect(view.state.value).toBe('ready')
    expect(texts()).toEqual([])
    stop()
  })

  it('is asked for again where something is lost while it is on its way', async () => {
    const { answers, script, give } = slowPages()
    await aKit(script)
    const { stop } = runInKit(kit, () => useTimeline('c1'))
    await settle()
    backend.tell({ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' })
    await give(0, aPage([aMessage({ seq: 1 })]))
    expect(answers).toHaveLength(2)
    await give(1, aPage([aMessage({ seq: 1 }), aMessage({ seq: 2 })]))
    expect(timeline()?.isInterrupted).toBe(false)
    expect(texts()).toEqual(['message 1', 'message 2'])
    stop()
  })
})
