import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { rememberRecalled, useRecalledWords } from '../../src/composables/recalledWords'
import type { TimelineRow } from '../../src/composables'
import { aMessage } from '../support/builders'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

it('gives back the words of a message to its own conversation only, whatever keys others have', async () => {
  const { transport } = createScriptedTransport()
  const kit = createChatKit({ transport, userId: 'alice', cache: 'memory' })
  const { view, stop } = runInKit(kit, useRecalledWords)
  const recalledIn = (conversationId: string): TimelineRow => ({
    key: 'row',
    isOwn: true,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
    message: aMessage({ seq: 5, senderId: 'alice', conversationId, parts: [], recalled: { byId: 'alice' } }),
  })
  rememberRecalled(kit, aMessage({ seq: 5, senderId: 'alice', text: 'for Bob alone' }))
  expect(view.canEditAgain(recalledIn('c2'))).toBe(false)
  expect(view.canEditAgain(recalledIn('c1'))).toBe(true)
  stop()
  await kit.dispose()
})
