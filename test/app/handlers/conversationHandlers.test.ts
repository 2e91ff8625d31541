import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import { ChatError } from '../../../src/model'
import { useConversationStore } from '../../../src/stores'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import { createScriptedTransport } from '../../support/scriptedTransport'

it('reads the list again by itself a few times where a call got lost, and not where it is refused', async () => {
  let reads = 0
  let retry: 'later' | 'never' = 'later'
  const clock = createFakeClock()
  const backend = createScriptedTransport({
    conversations: {
      list: () => {
        reads++
        return Promise.reject(new ChatError({ code: 'lost', kind: 'timeout', retry }))
      },
    },
  })
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    clock,
    cache: 'memory',
    logger: createRecordingLogger(),
  })
  backend.goOnline()
  await settle()
  const load = () => kit.dispatch({ type: 'loadConversations' }).catch(() => {})
  await load()
  expect(useConversationStore(kit.pinia).error).toMatchObject({ code: 'lost' })
  expect(reads).toBe(1)
  await clock.advance(2_000)
  expect(reads).toBe(2)
  await clock.advance(60_000)
  await clock.advance(60_000)
  await clock.advance(60_000)
  expect(reads).toBe(4)
  await load()
  retry = 'never'
  await clock.advance(2_000)
  await clock.advance(60_000)
  expect(reads).toBe(6)
  await kit.dispose()
})
