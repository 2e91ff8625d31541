import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import { useContacts } from '../../../src/composables'
import { catalogueError } from '../../../src/core/errors'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import { runInKit } from '../../support/runInKit'
import { createScriptedTransport } from '../../support/scriptedTransport'

let kit: ChatKit
afterEach(() => kit.dispose())

describe('a blocklist that cannot be read', () => {
  async function readContacts(blocked: (backend: ReturnType<typeof createScriptedTransport>) => string[]) {
    const list = async () => ({ items: [{ userId: 'bob' }] })
    const backend = createScriptedTransport({
      contacts: { list, blocked: async () => blocked(backend) },
    })
    const logger = createRecordingLogger()
    kit = createChatKit({
      transport: backend.transport,
      userId: 'alice',
      logger,
      clock: createFakeClock(),
      cache: 'memory',
    })
    backend.goOnline()
    await settle()
    const { view } = runInKit(kit, () => useContacts())
    await settle()
    return { backend, logger, view }
  }

  it('keeps nobody from the friends, and is told in the log', async () => {
    const { view, logger } = await readContacts(() => {
      throw catalogueError('parley', 'internal')
    })
    expect(view.contacts.value.map(({ userId }) => userId)).toEqual(['bob'])
    expect(view.state.value).toBe('ready')
    expect(logger.said.join()).toContain('blocklist')
  })

  it('because the line ended is read on the next line', async () => {
    let calls = 0
    const { backend, view, logger } = await readContacts((on) => {
      if (calls++ > 0) return ['carol']
      on.goOffline()
      throw catalogueError('tencent', 6014)
    })
    expect(view.blockedIds.value).toEqual([])
    backend.goOnline()
    await settle()
    expect(view.blockedIds.value).toEqual(['carol'])
    expect(view.state.value).toBe('ready')
    expect(logger.said).toEqual([])
  })
})
