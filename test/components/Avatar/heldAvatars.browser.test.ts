import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import { ChatApp } from '../../../src/components/ChatApp'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import type { ContentOptions } from '../../../src/components/Message'
import type { Conversation } from '../../../src/model'
import '../../../src/styles/index.css'
import { createScriptedTransport } from '../../support/scriptedTransport'
import type { ScriptedTransport } from '../../support/scriptedTransport'

const face = (id: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"><title>${id}</title></svg>`)}`
const conversations: readonly Conversation[] = ['friend', 'fellow', 'stranger'].map((peerId) => ({
  id: `with ${peerId}`,
  kind: 'direct',
  peerId,
  last: { conversationId: `with ${peerId}`, keys: [`of ${peerId}`], sentAt: 1_000, senderId: peerId },
}))
let kit: ChatKit
let backend: ScriptedTransport
let box: HTMLElement
let mounted: VueWrapper | undefined

beforeEach(() => {
  // What the app measures of itself as it opens it lays out a frame later; Chromium remarks on it, no more.
  const say = console.error
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    if (!String(words[0]).includes('ResizeObserver loop')) say(...words)
  })
  backend = createScriptedTransport({
    conversations: { list: async () => ({ items: conversations }) },
    profiles: {
      fetch: async (ids) => ({
        found: ids.map((id) => ({ id, name: id, avatar: face(id) })),
        missing: [],
      }),
    },
    groups: {
      members: async () => ({
        items: [
          { userId: 'alice', role: 'member' },
          { userId: 'fellow', role: 'member' },
        ],
      }),
    },
  })
  kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  backend.tell({ type: 'contact.changed', contacts: [{ userId: 'friend' }] })
  box = document.createElement('div')
  Object.assign(box.style, { inlineSize: '900px', blockSize: '600px' })
  document.body.append(box)
})
afterEach(async () => {
  vi.restoreAllMocks()
  mounted?.unmount()
  await kit.dispose()
  document.body.replaceChildren()
})

async function show(content: ContentOptions): Promise<void> {
  mounted = mount(
    {
      render: () =>
        h(ChatKitProvider, { kit }, () => h(ChatApp, { content, conversationId: 'with stranger' })),
    },
    { attachTo: box },
  )
  await kit.dispatch({ type: 'loadMembers', groupId: 'club' })
  await flushPromises()
}

/** Whose pictures are asked for, wherever they stand. */
const askedFor = () => {
  const all = [...box.querySelectorAll<HTMLImageElement>('.parley-avatar img')]
  return ['alice', 'friend', 'fellow', 'stranger'].filter((id) => all.some(({ src }) => src === face(id)))
}

it('asks nobody for the picture of a stranger, whom no group ties to the reader, where the app wants that', async () => {
  await show({ strangerPictures: 'on-click' })
  await expect.poll(askedFor, { timeout: 20_000 }).toEqual(['alice', 'friend', 'fellow'])
  backend.tell({ type: 'contact.changed', contacts: [{ userId: 'stranger' }] })
  await expect.poll(askedFor, { timeout: 20_000 }).toContain('stranger')
})

it('shows all pictures otherwise', async () => {
  await show({})
  await expect.poll(askedFor, { timeout: 20_000 }).toEqual(['alice', 'friend', 'fellow', 'stranger'])
})
