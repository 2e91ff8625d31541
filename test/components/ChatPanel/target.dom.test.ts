import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import { ChatPanel } from '../../../src/components/ChatPanel'
import ConversationView from '../../../src/components/ChatPanel/ConversationView.vue'
import { chatKitKey } from '../../../src/composables'
import { ChatError } from '../../../src/model'
import type { Conversation } from '../../../src/model'
import { createRecordingLogger } from '../../support/recordingLogger'
import { createScriptedTransport } from '../../support/scriptedTransport'

let kit: ChatKit
let unmount = () => {}
afterEach(async () => {
  unmount()
  await kit.dispose()
})

/** The panel of a corner of a page: it knows whom to talk to and no more. */
function aCorner(open: () => Promise<Conversation>) {
  const backend = createScriptedTransport({ conversations: { open } })
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    cache: 'memory',
    logger: createRecordingLogger(),
  })
  const panel = mount(ChatPanel, {
    props: { userId: 'bob' },
    global: {
      provide: { [chatKitKey as symbol]: kit },
      stubs: { ConversationView: true },
    },
  })
  unmount = () => panel.unmount()
  const shownId = () => panel.findComponent(ConversationView).props('conversationId')
  return { backend, panel, shownId }
}

const withBob = { id: 'c-bob', kind: 'direct', peerId: 'bob' } as const

it('opens the conversation with a person as soon as there is a connection', async () => {
  let answer = (_: Conversation) => {}
  const { backend, panel, shownId } = aCorner(() => new Promise((resolve) => (answer = resolve)))
  expect(panel.text()).toContain('as soon as there is a connection')
  backend.goOnline()
  await flushPromises()
  expect(panel.find('[role=status]').attributes('aria-label')).toBe('Loading…')
  expect(panel.text()).not.toContain('Pick a conversation')
  answer(withBob)
  await flushPromises()
  expect(shownId()).toBe('c-bob')
})

it('opens a conversation that is known without a connection', async () => {
  const { backend, shownId } = aCorner(() => Promise.reject(new Error('nobody asks')))
  backend.tell({ type: 'conversation.changed', conversations: [withBob] })
  await flushPromises()
  expect(shownId()).toBe('c-bob')
  await expect(kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })).resolves.toMatchObject(
    withBob,
  )
})

it('says why it cannot be opened, and tries again at a press', async () => {
  const answers = [
    () => Promise.reject(new ChatError({ code: 'no-such-user', kind: 'not-found' })),
    () => Promise.resolve(withBob),
  ]
  const { backend, panel, shownId } = aCorner(() => answers.shift()!())
  backend.goOnline()
  await flushPromises()
  expect(panel.get('[role=alert]').text()).toContain('did not open')
  await panel.get('button').trigger('click')
  await flushPromises()
  expect(shownId()).toBe('c-bob')
})
