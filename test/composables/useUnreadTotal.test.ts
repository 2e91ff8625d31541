import { expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import { useConversationList, useUnreadTotal } from '../../src/composables'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

it('counts what is unread with no list on screen, and reads the list once where there is one', async () => {
  let reads = 0
  const backend = createScriptedTransport({
    conversations: {
      async list() {
        reads++
        return {
          items: [
            { id: 'a', kind: 'direct', unreadCount: 3 },
            { id: 'b', kind: 'direct', unreadCount: 2, notify: 'none' },
          ],
        }
      },
    },
  })
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    cache: 'memory',
    logger: createRecordingLogger(),
  })
  const badge = runInKit(kit, useUnreadTotal)
  const all = runInKit(kit, () => useUnreadTotal({ countsMuted: true }))
  const list = runInKit(kit, useConversationList)
  backend.goOnline()
  await vi.waitFor(() => expect(badge.view.value).toBe(3))
  expect(all.view.value).toBe(5)
  expect([...list.view.ids.value].sort()).toEqual(['a', 'b'])
  expect(reads).toBe(1)
  badge.stop()
  all.stop()
  list.stop()
  await kit.dispose()
})
