import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { cacheName, openCache } from '../../src/cache'
import type { OutboxItem } from '../../src/model'
import { webPlatform } from '../../src/platform/web'
import { useConversationStore, useOutboxStore, useSessionStore, useTimelineStore } from '../../src/stores'
import { aMessage } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import { createTabs } from '../support/fakeTabs'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'

const ODD = [undefined, null, NaN, -1, '', 'odd', '__proto__', [], {}, [null], new Date(0), new Map()]

const item = {
  id: 'client:alice:odd',
  lane: 'c1',
  command: {
    type: 'sendMessage',
    outgoing: { conversationId: 'c1', clientId: 'odd', parts: [], delivery: 'stored' },
  },
  queuedAt: 1,
  state: 'queued',
  attempts: 0,
} satisfies OutboxItem

/** What another tab could say by mistake or in another version: each field of each kind of news, and each odd value there. */
function oddNews(ownId: string): readonly unknown[] {
  const ending = { end: 'done', result: aMessage({ seq: 1 }) }
  const sound = [
    { type: 'added', item },
    { type: 'changed', item },
    { type: 'changed', item: { ...item, command: { type: 'markRead' } } },
    { type: 'changed', item: { ...item, command: { type: 'noSuchCommand' } } },
    { type: 'changed', item: { ...item, state: 'failed' } },
    { type: 'ended', id: ownId, ending },
    { type: 'ended', id: ownId, ending: { end: 'replaced', by: 'nobody' } },
    { type: 'cancel', id: 'nobody' },
    { type: 'here', id: 'somebody' },
    { type: 'draft.changed', conversationId: 'c2', draft: { text: 'x', attachments: [] } },
  ]
  return [...ODD, ...sound.flatMap((news) => mutantsOf(news))]
}

function mutantsOf(value: object): readonly unknown[] {
  return Object.entries(value).flatMap(([field, inner]) => [
    ...ODD.map((odd) => ({ ...value, [field]: odd })),
    ...(typeof inner === 'object' && inner !== null
      ? mutantsOf(inner as object).map((mutant) => ({ ...value, [field]: mutant }))
      : []),
  ])
}

it('a tab that says odd things harms nothing of what this one shows, keeps and sends', async () => {
  const clock = createFakeClock()
  const tabs = createTabs(clock)
  const sent: string[] = []
  const backend = createScriptedTransport({
    messages: {
      send({ clientId }) {
        sent.push(clientId)
        return {
          result: Promise.resolve(aMessage({ seq: 9, senderId: 'alice', clientId })),
          cancel: () => {},
        }
      },
    },
  })
  const { transport } = backend
  const name = cacheName({ transportId: transport.id, scope: transport.scope, userId: 'alice' })
  let count = 0
  const ids = { next: () => `i${count++}` }
  const cache = openCache({ name, ownId: 'alice', clock, ids })
  const logger = createRecordingLogger()
  const platform = { ...webPlatform, tabs: tabs.tab('own') }
  const kit = createChatKit({ transport, userId: 'alice', clock, ids, cache, logger, platform })
  await settle()
  const parts = [{ kind: 'text', text: 'mine' }] as const
  const ownId = await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
  await kit.dispatch({ type: 'setDraft', conversationId: 'c1', draft: { text: 'precious', attachments: [] } })
  const strange = tabs.tab('strange')
  for (const line of [strange.open(name, () => {}), strange.open(`${name}:drafts`, () => {})]) {
    for (const news of oddNews(ownId)) line.post(news)
    await clock.advance(0)
  }
  expect((await cache.outbox.all()).map(({ id }) => id)).toEqual([ownId])
  expect(useConversationStore(kit.pinia).draftOf('c1').text).toBe('precious')
  backend.goOnline()
  await clock.advance(60_000)
  expect(useSessionStore(kit.pinia).session.state).toBe('online')
  backend.tell({ type: 'message.received', messages: [aMessage({ seq: 1 })], isLive: true })
  expect(
    useTimelineStore(kit.pinia)
      .timelineById.get('c1')
      ?.find(aMessage({ seq: 1 }).keys),
  ).toBeDefined()
  expect([...useOutboxStore(kit.pinia).itemById.keys()].filter((id) => id !== ownId)).toEqual([])
  await kit.dispose()
  // Whatever was said of the own message: it has left, or still waits for the next tab.
  expect(sent.length + (await openCache({ name, ownId: 'alice', clock, ids }).outbox.all()).length).toBe(1)
})
