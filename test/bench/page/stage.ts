import { createApp, h, shallowRef } from 'vue'
import { ChatKitProvider, ChatPanel, createChatKit } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import 'vue-parley/style.css'
import { cacheName } from '../../../src/cache'
import type { ProfilesFacet } from '../../../src/core/ports'
import type { Profile, UserId } from '../../../src/model'
import { createScriptedTransport } from '../../support/scriptedTransport'
import type { ScriptedTransport } from '../../support/scriptedTransport'
import { CONVERSATION } from './messages'

/** A person's page: a kit over this browser's cache, and a chat panel with the conversation open in it. */
export interface Stage {
  readonly kit: ChatKit
  readonly backend: ScriptedTransport
  /** Opens the conversation, where it is not open from the beginning. */
  open(): void
  /** Takes everything off the page and ends the kit; the database stays. */
  leave(): Promise<void>
}

/** The database of a user of the bench. */
export function databaseOf(userId: UserId): string {
  return cacheName({ transportId: 'scripted', scope: 'test', userId })
}

/** Opens the conversation as an app does. `heard`: hears whom the page wants to know. `isOpen`: at once, without waiting for `open()`. */
export function openStage(
  userId: UserId,
  profiles: ProfilesFacet = namesAtOnce,
  heard: (ids: readonly UserId[]) => void = () => {},
  isOpen = true,
): Stage {
  const backend = createScriptedTransport({ profiles })
  const kit = createChatKit({ transport: backend.transport, userId })
  const heardKit: ChatKit = {
    ...kit,
    dispatch: (intent) => {
      if (intent.type === 'watchProfiles') heard(intent.ids)
      return kit.dispatch(intent)
    },
  }
  const conversationId = shallowRef(isOpen ? CONVERSATION : undefined)
  const app = createApp({
    render: () =>
      h(ChatKitProvider, { kit: heardKit }, () => h(ChatPanel, { conversationId: conversationId.value })),
  })
  app.mount('#stage')
  backend.goOnline()
  backend.tell(theConversation)
  return {
    kit,
    backend,
    open: () => (conversationId.value = CONVERSATION),
    async leave() {
      app.unmount()
      await kit.dispose()
    },
  }
}

/** What the backend tells of the conversation. */
export const theConversation = {
  type: 'conversation.changed',
  conversations: [{ id: CONVERSATION, kind: 'group', groupId: 'g1', unreadCount: 0 }],
} as const

/** The profile of a person of the bench. */
export function profileOf(id: UserId): Profile {
  return { id, name: `Person ${id}` }
}

const namesAtOnce: ProfilesFacet = {
  batchSize: 100,
  pushes: 'all',
  fetch: async (ids) => ({ found: ids.map(profileOf), missing: [] }),
}

/** Resolves once this text stands in a message that can be seen. */
export async function shown(text: string): Promise<void> {
  for (;;) {
    const timeline = document.querySelector('#stage .parley-timeline[data-placed]')
    const articles = timeline?.querySelectorAll('article') ?? []
    if ([...articles].some((article) => article.textContent?.includes(text))) return
    await frame()
  }
}

/** The next frame. */
export function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame)
}

/** Some time. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Lets whatever else waits have its turn, without waiting for a frame. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Takes a database off this browser. */
export function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
