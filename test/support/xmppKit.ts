import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import type { ConversationId, Hint, Message, MessageRef, OutboxItem, Part } from '../../src/model'
import { useConversationStore, useOutboxStore, useTimelineStore } from '../../src/stores'
import { createXmppTransport } from '../../src/transports/xmpp'
import { createRecordingLogger } from './recordingLogger'
import type { XmppServer } from './xmppServers'

/** A person with a real kit on a real server, without a screen and without anything kept from before. */
export interface XmppKit {
  readonly kit: ChatKit
  readonly userId: string
  /** What is shown, notices left out, from the oldest to the newest. */
  messages(id: ConversationId): readonly Message[]
  waiting(): readonly OutboxItem[]
  unreadCount(id: ConversationId): number
  write(id: ConversationId, text: string): Promise<string>
  /** Loads a conversation whole: its end, its beginning, and whatever is missing between. */
  loadAll(id: ConversationId): Promise<readonly Message[]>
  /** The machine says that the network is back: nobody waits for a slow second try. */
  wake(): void
  dispose(): Promise<void>
}

const MOST_PAGES = 200

/** Opens a kit, which signs in by itself; the password is the name. */
export function openXmppKit(
  server: Pick<XmppServer, 'service' | 'domain'>,
  name: string,
  more: { readonly historyPageSize?: number } = {},
): XmppKit {
  const userId = `${name}@${server.domain}`
  const hear = new Set<(hint: Hint) => void>()
  const kit = createChatKit({
    transport: createXmppTransport({ service: server.service, domain: server.domain }),
    userId,
    credentials: async () => ({ secret: name }),
    cache: 'memory',
    platform: {
      fileUrl: () => undefined,
      releaseFileUrl: () => {},
      imageSize: async () => undefined,
      watch(listener) {
        hear.add(listener)
        return () => void hear.delete(listener)
      },
    },
    logger: createRecordingLogger(),
    ...more,
  })
  const { timelineById } = useTimelineStore(kit.pinia)
  const { itemById } = useOutboxStore(kit.pinia)
  const { byId } = useConversationStore(kit.pinia)

  /** What is still to be loaded, and beside what. */
  function missing(id: ConversationId): { direction: 'older' | 'newer'; beside?: MessageRef } | undefined {
    const timeline = timelineById.get(id)
    if (!timeline) return undefined
    const gaps = timeline.gaps()
    const below = timeline.entries().find(({ rowKey }) => gaps.has(rowKey))
    if (below) return { direction: 'older', beside: below.message }
    if (timeline.older && !('end' in timeline.older)) return { direction: 'older' }
    if (timeline.newer && !('end' in timeline.newer)) return { direction: 'newer' }
    return undefined
  }

  const person: XmppKit = {
    kit,
    userId,
    messages: (id) =>
      (timelineById.get(id)?.entries() ?? [])
        .map(({ message }) => message)
        .filter(({ parts }) => parts[0]?.kind !== 'notice'),
    waiting: () => [...itemById.values()],
    unreadCount: (id) => byId.get(id)?.unreadCount ?? 0,
    write: (conversationId, text) =>
      kit.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] }),
    async loadAll(conversationId) {
      await kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
      for (let page = 0; page < MOST_PAGES; page++) {
        const more = missing(conversationId)
        if (!more) return person.messages(conversationId)
        await kit.dispatch({ type: 'loadHistory', conversationId, ...more })
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      throw new Error(`${name} finds no end of ${conversationId}: ${JSON.stringify(missing(conversationId))}`)
    },
    wake: () => hear.forEach((listener) => listener('network-up')),
    dispose: () => kit.dispose(),
  }
  return person
}

/** The text a message begins with. */
export function textOf({ parts }: { readonly parts: readonly Part[] }): string {
  return parts[0]?.kind === 'text' ? parts[0].text : `[${parts[0]?.kind}]`
}
