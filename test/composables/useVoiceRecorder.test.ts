import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { canRecordVoice, useVoiceRecorder } from '../../src/composables'
import type { VoiceRecorderView } from '../../src/composables'
import { peaksOf } from '../../src/composables/peaks'
import { ChatError } from '../../src/model'
import type { LocalFile, OutgoingMessage, Verdict } from '../../src/model'
import { useConversationStore } from '../../src/stores'
import { createFakeClock, settle } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedPlatform } from '../support/scriptedPlatform'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'

const file: LocalFile = {
  at: 'local',
  source: 'blob',
  value: 'sound',
  name: 'voice.webm',
  bytes: 9,
  mime: 'audio/webm',
}
let kit: ChatKit
let clock: FakeClock
let view: VoiceRecorderView
let stop: () => void
let done: string[]
let sent: OutgoingMessage[]
let refusal: ChatError | undefined
let isBroken: boolean
let verdict: Verdict
let loudness: (level: number) => void

beforeEach(() => {
  done = []
  sent = []
  refusal = undefined
  isBroken = false
  verdict = 'yes'
  clock = createFakeClock()
  const platform = {
    ...createScriptedPlatform(),
    recorder: {
      async record(onLevel: (level: number) => void) {
        if (refusal) throw refusal
        loudness = onLevel
        const note = (what: string) => () => void done.push(what)
        return {
          pause: note('pause'),
          resume: note('resume'),
          cancel: note('cancel'),
          finish: async () => {
            done.push('finish')
            if (isBroken) throw new Error('the recorder died')
            return file
          },
        }
      },
    },
  }
  const backend = createScriptedTransport({
    can: () => verdict,
    messages: { send: (message) => (sent.push(message), aTask(new Promise(() => {}))) },
  })
  const logger = createRecordingLogger()
  kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, platform, logger })
  backend.goOnline()
  ;({ view, stop } = runInKit(kit, () => useVoiceRecorder('c1')))
})
afterEach(async () => {
  stop()
  await kit.dispose()
})

const draft = () => useConversationStore(kit.pinia).draftOf('c1')

describe('a voice message', () => {
  it('counts the time in which something was recorded, and none while it paused', async () => {
    await view.begin()
    await clock.advance(2_000)
    view.pause()
    await clock.advance(5_000)
    view.resume()
    await clock.advance(1_000)
    await view.finish()
    expect(view.media.value).toMatchObject({ kind: 'audio', file, durationMs: 3_000 })
    expect(done).toEqual(['pause', 'resume', 'finish'])
    expect(view.state.value).toBe('recorded')
  })

  it('ends by itself after a minute', async () => {
    await view.begin()
    await clock.advance(49_000)
    expect(view.isNearEnd.value).toBe(false)
    await clock.advance(2_000)
    expect(view.isNearEnd.value).toBe(true)
    await clock.advance(20_000)
    expect(view.state.value).toBe('recorded')
    expect(view.media.value?.durationMs).toBe(60_000)
  })

  it('leaves with how long and how loud it is, while the words of the draft stay', async () => {
    await kit.dispatch({
      type: 'setDraft',
      conversationId: 'c1',
      draft: {
        text: 'half a sentence',
        attachments: [],
        replyTo: { ref: { conversationId: 'c1', keys: ['k'] }, abstract: 'What?' },
      },
    })
    await view.begin()
    for (const level of [0.1, 0.4, 0.2]) loudness(level)
    await clock.advance(1_500)
    expect(await view.send()).toBe(true)
    await settle()
    expect(sent).toMatchObject([
      {
        parts: [{ kind: 'audio', durationMs: 1_500, peaks: [0.25, 1, 0.5] }],
        replyTo: { abstract: 'What?' },
      },
    ])
    expect(draft()).toEqual({ text: 'half a sentence', attachments: [] })
  })

  it('is found in the draft by whoever leaves in the middle', async () => {
    await view.begin()
    await clock.advance(4_000)
    stop()
    await settle()
    expect(draft().attachments).toMatchObject([{ kind: 'audio', durationMs: 4_000 }])
  })

  it('is found in the draft by whoever leaves before it is sent', async () => {
    await view.begin()
    await clock.advance(4_000)
    await view.finish()
    stop()
    await settle()
    expect(draft().attachments).toHaveLength(1)
  })

  it('is gone where it was given up, and where it was a slip', async () => {
    await view.begin()
    await clock.advance(4_000)
    view.cancel()
    stop()
    await settle()
    expect(draft().attachments).toEqual([])
    expect(done).toContain('cancel')
    ;({ view, stop } = runInKit(kit, () => useVoiceRecorder('c1')))
    await view.begin()
    await clock.advance(200)
    stop()
    await settle()
    expect(draft().attachments).toEqual([])
  })

  it('says why there is no microphone, and tries again', async () => {
    refusal = new ChatError({ domain: 'parley', code: 'microphone-refused', kind: 'forbidden' })
    await view.begin()
    expect([view.state.value, view.error.value?.code]).toEqual(['failed', 'microphone-refused'])
    refusal = undefined
    await view.begin()
    expect([view.state.value, view.error.value]).toEqual(['recording', undefined])
  })

  it('comes to its end though the one before it could not be finished, which lets go of the microphone', async () => {
    isBroken = true
    await view.begin()
    await clock.advance(4_000)
    await view.finish()
    expect([view.state.value, done]).toEqual(['failed', ['finish', 'cancel']])
    isBroken = false
    await view.begin()
    expect(view.durationMs.value).toBe(0)
    await clock.advance(2_000)
    await view.finish()
    expect(view.state.value).toBe('recorded')
    expect(view.media.value).toMatchObject({ durationMs: 2_000 })
  })

  it('holds one microphone, however often it is begun', async () => {
    await Promise.all([view.begin(), view.begin()])
    await view.begin()
    expect(done).toEqual(['cancel', 'cancel'])
    expect(view.state.value).toBe('recording')
  })

  it('is offered where it can be recorded and sent', () => {
    expect(canRecordVoice(kit, 'c1')).toBe(true)
    verdict = new ChatError({ code: 'no-audio', kind: 'unsupported' })
    expect(canRecordVoice(kit, 'c1')).toBe(false)
    verdict = 'yes'
    const { recorder: _none, ...platform } = kit.platform
    expect(canRecordVoice({ ...kit, platform }, 'c1')).toBe(false)
  })
})

describe('how loud a sound is', () => {
  it('is told in at most 64 numbers from 0 to 1, the loudest of each stretch', () => {
    expect(peaksOf([])).toEqual([])
    expect(peaksOf([0.2, 0.1])).toEqual([1, 0.5])
    const many = peaksOf(Array.from({ length: 1_000 }, (_, index) => (index === 999 ? 0.9 : 0.3)))
    expect(many).toHaveLength(64)
    expect(many.at(-1)).toBe(1)
    expect(many[0]).toBe(0.33)
  })

  it('is not made out of nothing', () => {
    expect(peaksOf([0.001, 0])).toEqual([0.02, 0])
  })
})
