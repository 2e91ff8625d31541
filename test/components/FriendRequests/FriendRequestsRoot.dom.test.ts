import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import { FriendRequests } from '../../../src/components/FriendRequests'
import { chatKitKey } from '../../../src/composables'
import type { ContactsFacet } from '../../../src/core/ports'
import { createScriptedTransport } from '../../support/scriptedTransport'

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }

it('leads to the chat with somebody who has become a friend, where the app shows chats', async () => {
  const backend = createScriptedTransport({
    conversations: { open: async () => ({ id: 'c-bob', kind: 'direct', peerId: 'bob' }) },
  })
  const contacts: Partial<ContactsFacet> = {
    list: async () => ({ items: [] }),
    requests: async () => ({
      items: [
        { id: 'r1', userId: 'bob', direction: 'in', state: 'accepted', at: 1, isRead: true },
        { id: 'r2', userId: 'dan', direction: 'in', state: 'refused', at: 2, isRead: true },
      ],
    }),
  }
  const transport = { ...backend.transport, contacts: contacts as ContactsFacet }
  const kit = createChatKit({ transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  const opened: string[] = []
  const show = (onOpenConversation?: (id: string) => void) =>
    mount(FriendRequests, {
      props: { onOpenConversation },
      global: { provide: { [chatKitKey as symbol]: kit } },
    })
  const [wrapper, bare] = [show((id) => opened.push(id)), show()]
  const ways = (of: typeof wrapper) => of.findAll('button').filter((one) => one.text() === 'Message')
  await expect.poll(() => wrapper.findAll('article').length, patience).toBe(2)
  await expect.poll(() => bare.findAll('article').length, patience).toBe(2)
  expect(ways(bare)).toHaveLength(0)
  expect(ways(wrapper)).toHaveLength(1)
  await ways(wrapper)[0]?.trigger('click')
  await expect.poll(() => opened, patience).toEqual(['c-bob'])
  wrapper.unmount()
  bare.unmount()
  await kit.dispose()
})
