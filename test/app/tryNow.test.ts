import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { useRetryWait } from '../../src/composables'
import { ChatError } from '../../src/model'
import { createFakeClock, settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

it('hurries a transport that waits to try again, when a person wants it', async () => {
  const clock = createFakeClock()
  const { transport, tell } = createScriptedTransport()
  const hints: string[] = []
  const kit = createChatKit({
    transport: { ...transport, hint: (hint) => hints.push(hint) },
    userId: 'alice',
    clock,
    logger: createRecordingLogger(),
    cache: 'memory',
  })
  const { view: leftMs, stop } = runInKit(kit, useRetryWait)
  await settle()
  expect(leftMs.value).toBeUndefined()
  kit.connect()
  await settle()
  expect(hints).toEqual([])

  const error = new ChatError({ code: 'unreachable', kind: 'offline', retry: 'later' })
  tell({ type: 'session.changed', session: { state: 'connecting', retryInMs: 30_000, error } })
  await settle()
  await clock.advance(4_000)
  expect(leftMs.value).toBe(26_000)
  kit.connect()
  await settle()
  expect(hints).toEqual(['network-up'])

  tell({ type: 'session.changed', session: { state: 'connecting' } })
  await settle()
  expect(leftMs.value).toBeUndefined()
  stop()
  await kit.dispose()
})
