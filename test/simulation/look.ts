import type { ConversationId, Intent } from '../../src/model'
import type { Record } from './record'
import type { Tab } from './tab'
import type { Seen } from './truth'

/** How a person goes through what there is. */
export interface Walk {
  readonly record: Record
  want(tab: Tab, intent: Intent): Promise<unknown>
  advance(ms: number): Promise<void>
}

const MOST_STEPS = 150
const STEP_MS = 500

/** Loads a conversation whole: its end, its beginning, and whatever is missing between. */
export async function lookAt(walk: Walk, tab: Tab, conversationId: ConversationId): Promise<Seen> {
  const load = async (direction: 'newest' | 'older' | 'newer', beside?: Parameters<typeof reach>[0]) => {
    void walk.want(tab, { type: 'loadHistory', conversationId, direction, ...(beside && reach(beside)) })
    await walk.advance(STEP_MS)
  }
  await load('newest')
  for (let step = 0; step < MOST_STEPS; step++) {
    const below = tab.rows(conversationId).find(({ isBelowGap }) => isBelowGap)
    if (below) await load('older', below)
    else if (tab.hasOlder(conversationId)) await load('older')
    else if (tab.hasNewer(conversationId)) await load('newer')
    else break
  }
  return seenBy(walk.record, tab, conversationId)
}

/** Loads what this machine has of a conversation, without any network. */
export async function lookAlone(walk: Walk, tab: Tab, conversationId: ConversationId): Promise<Seen> {
  let count = -1
  void walk.want(tab, { type: 'loadHistory', conversationId, direction: 'newest' })
  await walk.advance(STEP_MS)
  while (tab.rows(conversationId).length > count && tab.hasOlder(conversationId)) {
    count = tab.rows(conversationId).length
    void walk.want(tab, { type: 'loadHistory', conversationId, direction: 'older' })
    await walk.advance(STEP_MS)
  }
  return seenBy(walk.record, tab, conversationId)
}

function reach({ message }: ReturnType<Tab['rows']>[number]) {
  return { beside: message }
}

function seenBy(record: Record, tab: Tab, conversationId: ConversationId): Seen {
  const sights = tab.rows(conversationId).flatMap(({ message, isBelowGap }) => {
    const [part] = message.parts
    if (part?.kind === 'notice') return []
    const text = part?.kind === 'text' ? part.text : undefined
    return {
      written: record.find(message.keys, text),
      text,
      isRecalled: message.recalled !== undefined,
      reactions: (message.reactions ?? []).flatMap(({ key, isMine }) => (isMine ? [key] : [])).sort(),
      isBelowGap,
    }
  })
  return {
    ...{ userId: tab.userId, tab: tab.name, conversationId, sights },
    hasOlder: tab.hasOlder(conversationId),
    hasNewer: tab.hasNewer(conversationId),
  }
}
