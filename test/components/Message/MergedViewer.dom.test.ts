import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import MergedViewer from '../../../src/components/Message/MergedViewer.vue'
import { chatKitKey } from '../../../src/composables'
import type { MessageRef } from '../../../src/model'
import { aMessage } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createScriptedTransport } from '../../support/scriptedTransport'

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }

it('burns nothing, whatever messages the history names', { timeout: 60_000 }, async () => {
  const deleted: MessageRef[] = []
  const backend = createScriptedTransport({
    messages: { deleteForMe: async (refs) => void deleted.push(...refs) },
  })
  const clock = createFakeClock()
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory', clock })
  backend.goOnline()
  await clock.advance(1)
  // The name of a message that somebody else has sent.
  const trap = aMessage({ seq: 7, conversationId: 'boss', burnAfterMs: 1 })
  const items = [trap, { ...trap, openedAt: 1 }]
  const message = aMessage({ seq: 1, parts: [{ kind: 'merged', title: 'Funny', abstracts: [], items }] })
  const wrapper = mount(MergedViewer, {
    props: { message },
    global: { provide: { [chatKitKey as symbol]: kit }, stubs: { teleport: true } },
  })
  await clock.advance(5_000)
  await settle()
  expect(deleted).toEqual([])
  wrapper.unmount()
  await kit.dispose()
})

it('draws a history of thousands piece by piece', { timeout: 60_000 }, async () => {
  const kit = createChatKit({
    transport: createScriptedTransport().transport,
    userId: 'alice',
    cache: 'memory',
  })
  const items = Array.from({ length: 3_000 }, (_, at) => aMessage({ seq: at + 1 }))
  const message = aMessage({ seq: 1, parts: [{ kind: 'merged', title: 'All of it', abstracts: [], items }] })
  const wrapper = mount(MergedViewer, {
    props: { message },
    attachTo: document.body,
    global: { provide: { [chatKitKey as symbol]: kit }, stubs: { teleport: true } },
  })
  const drawn = () => document.body.querySelectorAll('article').length
  const more = () =>
    [...document.body.querySelectorAll('button')].find((one) => one.textContent === 'Show more')
  await expect.poll(drawn, patience).toBe(100)
  more()?.click()
  await expect.poll(drawn, patience).toBe(200)
  wrapper.unmount()
  await kit.dispose()
})
