import type { Conversation, ConversationId } from '../../model'

/** Conversations that share one entry of the list, as a folder of subscriptions does (F3). */
export interface ConversationFold {
  /** Unique among the folds of a list. */
  readonly id: string
  /** What the entry is called, in the reader's language. */
  readonly title: string
  /** True for a conversation that belongs in it. */
  holds(conversation: Conversation): boolean
}
/** An entry with what is in it, in the order of the list. */
export interface FoldedEntry {
  readonly fold: ConversationFold
  readonly ids: readonly ConversationId[]
}

/** No conversation is called so. */
const KEY = 'fold\u0000'

/** The list with one entry for each fold, where its first conversation stood. What no fold holds stays as it is. */
export function foldList(
  ids: readonly ConversationId[],
  folds: readonly ConversationFold[],
  conversationOf: (id: ConversationId) => Conversation | undefined,
): { readonly ids: readonly string[]; readonly entries: ReadonlyMap<string, FoldedEntry> } {
  const entries = new Map<string, { fold: ConversationFold; ids: ConversationId[] }>()
  const kept = ids.flatMap((id) => {
    const conversation = conversationOf(id)
    const fold = conversation && folds.find((one) => one.holds(conversation))
    if (!fold) return [id]
    const key = KEY + fold.id
    const entry = entries.get(key)
    if (entry) entry.ids.push(id)
    else entries.set(key, { fold, ids: [id] })
    return entry ? [] : [key]
  })
  return { ids: kept, entries }
}
