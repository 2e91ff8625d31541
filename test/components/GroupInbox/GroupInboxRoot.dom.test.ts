import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import GroupInboxRoot from '../../../src/components/GroupInbox/GroupInboxRoot.vue'
import { chatKitKey } from '../../../src/composables'
import type { GroupsFacet } from '../../../src/core/ports'
import type { GroupApplication } from '../../../src/model'
import { createScriptedTransport } from '../../support/scriptedTransport'

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }
let kit: ChatKit
let backend: ReturnType<typeof createScriptedTransport>

beforeEach(() => {
  backend = createScriptedTransport()
  const groups: Partial<GroupsFacet> = {
    applications: async () => ({ items: [] }),
    fetch: async () => [],
  }
  const transport = { ...backend.transport, groups: groups as GroupsFacet }
  kit = createChatKit({ transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
})
afterEach(() => kit.dispose())

function show(onOpenConversation?: (id: string) => void) {
  return mount(GroupInboxRoot, {
    props: { onOpenConversation },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
}
const invitation = (id: string, byId: string): GroupApplication => ({
  id,
  groupId: 'g',
  userId: 'alice',
  byId,
  kind: 'invites-me',
  state: 'pending',
})

it(
  'warns of whoever invites under the name of a friend, and not of the friend',
  { timeout: 60_000 },
  async () => {
    backend.tell(
      {
        type: 'profile.changed',
        profiles: [
          { id: 'bob', name: 'Bob Tanaka' },
          { id: 'b0b', name: 'B\u043eb Tanaka' },
        ],
      },
      { type: 'contact.changed', contacts: [{ userId: 'bob' }] },
      { type: 'application.changed', applications: [invitation('1', 'b0b'), invitation('2', 'bob')] },
    )
    const wrapper = show()
    await expect.poll(() => wrapper.findAll('li'), patience).toHaveLength(2)
    await expect.poll(() => wrapper.findAll('[role=note]').map((one) => one.text()), patience).toHaveLength(1)
    expect(wrapper.get('[role=note]').text()).toContain('Bob Tanaka (bob)')
    wrapper.unmount()
  },
)

it('draws no endless list of whoever invites', { timeout: 60_000 }, async () => {
  const applications = Array.from({ length: 2_000 }, (_, at) => invitation(`${at}`, `m${at}`))
  backend.tell({ type: 'application.changed', applications })
  const wrapper = show()
  await expect.poll(() => wrapper.findAll('li').length, patience).toBe(200)
  wrapper.unmount()
})

it('leads to the chat of a group one has come into, where the app shows chats', async () => {
  const opened: string[] = []
  backend.tell({ type: 'application.changed', applications: [invitation('1', 'bob')] })
  const wrapper = show((id) => opened.push(id))
  const bare = show()
  await expect.poll(() => wrapper.findAll('li'), patience).toHaveLength(1)
  backend.tell({
    type: 'application.changed',
    applications: [{ ...invitation('1', 'bob'), state: 'accepted' }],
  })
  await expect
    .poll(() => wrapper.findAll('button').map((one) => one.text()), patience)
    .toEqual(['Open the chat'])
  expect(bare.findAll('button')).toHaveLength(0)
  await wrapper.get('button').trigger('click')
  await expect.poll(() => opened, patience).toHaveLength(1)
  wrapper.unmount()
  bare.unmount()
})
