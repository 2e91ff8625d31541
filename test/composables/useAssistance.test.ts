import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { useAssistance } from '../../src/composables'
import { aMessage } from '../support/builders'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

it('shows a translation with its own message, and not with one of another conversation that has the same key', async () => {
  const kit = createChatKit({
    transport: createScriptedTransport().transport,
    userId: 'alice',
    cache: 'memory',
    assistance: { translate: async (text) => `translated ${text}` },
  })
  const { view, stop } = runInKit(kit, useAssistance)
  const secret = aMessage({ seq: 1, text: 'secret' })
  await view.translate(secret)
  expect(view.noteOf(secret)).toMatchObject({ state: 'ready', text: 'translated secret' })
  expect(view.noteOf(aMessage({ seq: 1, text: 'hello', conversationId: 'c2' }))).toBeUndefined()
  stop()
  await kit.dispose()
})
