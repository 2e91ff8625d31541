import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { openCache } from '../../src/cache'
import type { ChatEvent } from '../../src/model'
import { webPlatform } from '../../src/platform/web'
import { createFakeClock, settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'
import { createTabs } from '../support/fakeTabs'

it('tells with a draft when it was written', async () => {
  const clock = createFakeClock()
  const tabs = createTabs(clock)
  const heard: ChatEvent[] = []
  let id = 0
  const ids = { next: () => `i${id++}` }
  const open = (name: string) => {
    const cache = openCache({ name: 'siblings', ownId: 'alice', clock, ids, kind: 'memory' })
    const absorb: typeof cache.absorb = (events) => {
      if (name === 'b') heard.push(...events)
      cache.absorb(events)
    }
    return createChatKit({
      transport: createScriptedTransport().transport,
      userId: 'alice',
      clock,
      logger: createRecordingLogger(),
      cache: { ...cache, absorb },
      platform: { ...webPlatform, tabs: tabs.tab(name) },
    })
  }
  const [one, two] = [open('a'), open('b')]
  await settle()
  const writtenAt = clock.now()
  await one.dispatch({ type: 'setDraft', conversationId: 'c1', draft: { text: 'hi', attachments: [] } })
  await clock.advance(1)
  expect(heard.filter(({ type }) => type === 'draft.changed')).toMatchObject([
    { draft: { text: 'hi' }, writtenAt },
  ])
  await Promise.all([one.dispose(), two.dispose()])
})

it('keeps a draft that cannot be told to the other tabs, and says so', async () => {
  const clock = createFakeClock()
  const tabs = createTabs(clock).tab('a')
  const post = () => {
    throw new DOMException('could not be cloned', 'DataCloneError')
  }
  let id = 0
  const ids = { next: () => `i${id++}` }
  const cache = openCache({ name: 'siblings', ownId: 'alice', clock, ids, kind: 'memory' })
  const logger = createRecordingLogger()
  const kit = createChatKit({
    transport: createScriptedTransport().transport,
    userId: 'alice',
    clock,
    logger,
    cache,
    platform: { ...webPlatform, tabs: { ...tabs, open: (...line) => ({ ...tabs.open(...line), post }) } },
  })
  await settle()
  await kit.dispatch({ type: 'setDraft', conversationId: 'c1', draft: { text: 'precious', attachments: [] } })
  await cache.flush()
  expect((await cache.start()).drafts.map(({ draft }) => draft.text)).toEqual(['precious'])
  expect(logger.said.join()).toContain('could not be told')
  await kit.dispose()
})
