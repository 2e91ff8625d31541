import { mount, type VueWrapper } from '@vue/test-utils'
import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h, ref } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import { ChatApp } from '../../../src/components/ChatApp'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import {
  createEmbeddedService,
  createEmbeddedTransport,
  type EmbeddedService,
} from '../../../src/transports/embedded'
import '../../../src/styles/index.css'

const patience = { timeout: 20_000 }
const world = {
  people: [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo' },
  ],
  friendships: [],
  groups: [
    {
      id: 'show',
      type: 'live' as const,
      name: 'The show',
      joining: 'free' as const,
      createdAt: 1,
      members: [{ userId: 'bo', role: 'owner' as const }],
    },
  ],
  conversations: [{ between: ['ada', 'bo'] as const, messages: [] }],
}

let service: EmbeddedService
let ada: ChatKit
let bo: ChatKit
let wrapper: VueWrapper
const openId = ref<string | null | undefined>()
const box = document.createElement('div')

beforeEach(async () => {
  service = createEmbeddedService({ name: 'app-live', storage: 'memory', world })
  const kitOf = (userId: string) =>
    createChatKit({ transport: createEmbeddedTransport({ service }), userId, cache: 'memory' })
  ada = kitOf('ada')
  bo = kitOf('bo')
  await Promise.all([ada.online(), bo.online()])
  openId.value = undefined
})
afterEach(async () => {
  wrapper.unmount()
  box.remove()
  await Promise.all([ada.dispose(), bo.dispose()])
  service.close()
})

function show(width: number): void {
  Object.assign(box.style, { width: `${width}px`, height: '700px', display: 'grid' })
  document.body.append(box)
  const app = () =>
    h(ChatApp, {
      conversationId: openId.value,
      'onUpdate:conversationId': (id: string | null | undefined) => (openId.value = id),
    })
  wrapper = mount({ render: () => h(ChatKitProvider, { kit: ada }, app) }, { attachTo: box })
}
const region = (name: RegExp) =>
  [...box.querySelectorAll<HTMLElement>('section[aria-label]')].find(
    (one) => name.test(one.getAttribute('aria-label') ?? '') && one.checkVisibility(),
  )
const watching = () => bo.dispatch({ type: 'countOnline', groupId: 'show' })

/** Ada comes in by the list, as somebody who has found the room. */
async function enter(): Promise<void> {
  await ada.dispatch({ type: 'joinGroup', groupId: 'show' })
  await ada.dispatch({ type: 'openConversation', target: { groupId: 'show' } })
  const row = await vi.waitFor(() => {
    const found = [...box.querySelectorAll<HTMLElement>('[role=option]')].find(({ textContent }) =>
      textContent?.includes('The show'),
    )
    if (!found) throw new Error('the room is not in the list')
    return found
  }, patience)
  row.click()
  await vi.waitFor(
    () => expect(region(/^Live room/)?.querySelector('input:not(:disabled)')).toBeTruthy(),
    patience,
  )
}

it('shows a live room of the list as one, and leaves it with the last look', async () => {
  show(900)
  await enter()
  expect(region(/^Chat$/)).toBeUndefined()
  await vi.waitFor(() => expect(document.activeElement?.textContent).toContain('The show'), patience)
  expect(await watching()).toBe(2)
  const direct = await ada.dispatch({ type: 'openConversation', target: { userId: 'bo' } })
  openId.value = direct.id
  await vi.waitFor(() => expect(region(/^Chat$/)).toBeTruthy(), patience)
  expect(region(/^Live room/)).toBeUndefined()
  await vi.waitFor(async () => expect(await watching()).toBe(1), patience)
})

it('leads back from it to the list on a phone, by the button and by Escape', async () => {
  show(380)
  await enter()
  expect(region(/^Conversations$/)).toBeUndefined()
  await userEvent.click(box.querySelector('button[aria-label="Back to conversations"]')!)
  await vi.waitFor(() => expect(region(/^Conversations$/)).toBeTruthy(), patience)
  await vi.waitFor(async () => expect(await watching()).toBe(1), patience)
  await enter()
  await userEvent.keyboard('{Escape}')
  await vi.waitFor(() => expect(region(/^Conversations$/)).toBeTruthy(), patience)
  expect(openId.value).toBeUndefined()
})

it('stays with whoever is put out, and says so', async () => {
  show(900)
  await enter()
  const part = { kind: 'custom', type: 'parley/kick', data: { userId: 'ada' }, fallback: 'kick' } as const
  await bo.dispatch({ type: 'enterLiveRoom', groupId: 'show' })
  await vi.waitFor(
    () => bo.dispatch({ type: 'sayLive', groupId: 'show', parts: [part], priority: 'high' }),
    patience,
  )
  await vi.waitFor(() => expect(region(/^Live room/)?.innerText).toContain('removed you'), patience)
})
