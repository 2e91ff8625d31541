import { onScopeDispose, toValue, type MaybeRefOrGetter } from 'vue'
import type { ConversationId } from '../model'
import { useChatKit, type ChatKitContext } from './kitContext'

/** How high rows are in one look: a width and a type. */
export interface RowHeightMemory {
  /** Pixels by the keys of rows, to be read and written. */
  readonly byKey: Map<string, number>
  /** Resolves once what was kept is among them; absent: nothing is. */
  readonly recalled?: Promise<void>
}

/** So many looks of conversations are held at the most. */
const mostMemories = 40
const memoriesByKit = new WeakMap<ChatKitContext, Map<string, RowHeightMemory>>()

/** What is remembered of the heights of a conversation's rows, by the name of a look; kept when the conversation is left. */
export function useRowHeights(
  conversationId: MaybeRefOrGetter<ConversationId>,
): (look: string) => RowHeightMemory {
  const kit = useChatKit()
  const id = toValue(conversationId)
  const memories = memoriesByKit.get(kit) ?? new Map<string, RowHeightMemory>()
  memoriesByKit.set(kit, memories)
  const used = new Map<string, RowHeightMemory>()

  async function recall(look: string, byKey: Map<string, number>): Promise<void> {
    try {
      const kept = await kit.dispatch({ type: 'recallRowHeights', conversationId: id, look })
      for (const [key, px] of kept) if (!byKey.has(key)) byKey.set(key, px)
    } catch {
      // What is not remembered is measured again.
    }
  }

  function keep(): void {
    for (const [look, { byKey }] of used) {
      if (byKey.size === 0) continue
      // Where it cannot be kept, rows are measured again the next time.
      kit.dispatch({ type: 'keepRowHeights', conversationId: id, look, heights: byKey }).catch(() => {})
    }
  }

  const stop = kit.platform.watch?.((hint) => hint === 'background' && keep())
  onScopeDispose(() => {
    stop?.()
    keep()
  })

  return (look) => {
    const name = JSON.stringify([id, look])
    let memory = memories.get(name)
    if (!memory) {
      const byKey = new Map<string, number>()
      memory = { byKey, recalled: recall(look, byKey) }
    }
    memories.delete(name)
    memories.set(name, memory)
    const [oldest] = memories.keys()
    if (memories.size > mostMemories && oldest !== undefined) memories.delete(oldest)
    used.set(look, memory)
    return memory
  }
}
