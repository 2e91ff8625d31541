import { createApp, h, nextTick } from 'vue'
import type { App } from 'vue'
import { ChatKitProvider, ConversationList, createChatKit } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { Conversation } from '../../../src/model'
import { useConversationStore } from '../../../src/stores'
import { createScriptedTransport } from '../../support/scriptedTransport'
import type { ScriptedTransport } from '../../support/scriptedTransport'
import { countRedrawn } from './redrawn'
import { frame, wait } from './stage'

const STARTED_AT = Date.UTC(2026, 0, 1)

interface OpenList {
  readonly kit: ChatKit
  readonly backend: ScriptedTransport
  readonly count: number
  app?: App
  sentAt: number
}
let open: OpenList | undefined

function conversationAt(at: number): Conversation {
  const id = `c${at}`
  const last = {
    conversationId: id,
    keys: [`seq:${at}:1`],
    order: { major: 1 },
    sentAt: STARTED_AT + at * 1_000,
    senderId: `u${at}`,
    parts: [{ kind: 'text', text: `Message of ${at}` }] as const,
  }
  return { id, kind: 'direct', peerId: `u${at}`, last, unreadCount: at % 3 }
}

/** A kit that knows so many conversations, and nothing on the page yet. */
export async function beginList(count: number): Promise<void> {
  const backend = createScriptedTransport({
    conversations: {
      list: async () => ({ items: Array.from({ length: count }, (_, at) => conversationAt(at)) }),
    },
    profiles: {
      batchSize: 100,
      pushes: 'all',
      fetch: async (ids) => ({ found: ids.map((id) => ({ id, name: `Person ${id}` })), missing: [] }),
    },
  })
  const kit = createChatKit({ transport: backend.transport, userId: `list-${count}`, cache: 'memory' })
  backend.goOnline()
  await kit.online()
  await kit.dispatch({ type: 'loadConversations' })
  while (useConversationStore(kit.pinia).byId.size < count) await frame()
  open = { kit, backend, count, sentAt: STARTED_AT + count * 1_000 }
  await mountList(2)
  // What is kept of them is written behind, and what was left over is swept up: neither is the list's.
  await wait(2_000)
  await globalThis.gc?.()
}

/** Draws the list so often, and leaves the last one on the page. */
export async function mountList(times: number): Promise<void> {
  const list = opened()
  for (let time = 0; time < times; time++) {
    list.app?.unmount()
    const { kit } = list
    list.app = createApp({ render: () => h(ChatKitProvider, { kit }, () => h(ConversationList)) })
    list.app.mount('#stage')
    while (!firstTitle()?.startsWith('Person')) await frame()
  }
}

/** So often the last conversation of the list gets a message and goes to its top. */
export async function reorderList(times: number): Promise<void> {
  const list = opened()
  const { byId, order } = useConversationStore(list.kit.pinia)
  for (let time = 0; time < times; time++) {
    const id = order.ids.value.at(-1) ?? ''
    const senderId = byId.get(id)?.peerId ?? ''
    list.sentAt += 1_000
    const message = {
      conversationId: id,
      keys: [`seq:${id}:${list.sentAt}`],
      order: { major: list.sentAt },
      senderId,
      sentAt: list.sentAt,
      parts: [{ kind: 'text', text: 'News' }] as const,
      delivery: 'stored' as const,
    }
    list.backend.tell({ type: 'message.received', messages: [message], isLive: true })
    while (firstTitle() !== `Person ${senderId}`) await nextTick().then(frame)
  }
}

/** How many rows are drawn again when 1,000 people change their names. */
export async function renameList(): Promise<number> {
  const { backend } = opened()
  const profiles = Array.from({ length: 1_000 }, (_, at) => {
    const id = `u${at}`
    return { id, name: `Person ${id}!` }
  })
  return countRedrawn(() => backend.tell({ type: 'profile.changed', profiles }))
}

/** Takes everything off the page again. */
export async function endList(): Promise<void> {
  const { app, kit } = opened()
  open = undefined
  app?.unmount()
  await kit.dispose()
}

function opened(): OpenList {
  if (!open) throw new Error('nothing was begun')
  return open
}

function firstTitle(): string | null | undefined {
  return document.querySelector('#stage [role=option][aria-posinset="1"] bdi')?.textContent
}
