import { useConversationStore } from '../stores'
import type { Message } from '../model'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'
import { draftOf } from './rewriting'
import type { TimelineRow } from './rows'

/** So many recalled messages are known at a time; nobody goes back further. */
const MOST_KNOWN = 50

const knownByKit = new WeakMap<ChatKitContext, Map<string, Message>>()

/** Keeps what an own message said, while this page lives, before it is recalled. */
export function rememberRecalled(kit: ChatKitContext, message: Message): void {
  const known = knownByKit.get(kit) ?? new Map<string, Message>()
  knownByKit.set(kit, known)
  for (const name of namesOf(message)) known.set(name, message)
  for (const key of [...known.keys()].slice(0, -MOST_KNOWN)) known.delete(key)
}

/** A key names a message in its conversation only. */
function namesOf({ conversationId, keys }: Message): readonly string[] {
  return keys.map((key) => JSON.stringify([conversationId, key]))
}

/** Writing again what one has recalled (E1). */
export interface RecalledWordsView {
  /** True for an own message whose words are still known. */
  canEditAgain(row: TimelineRow): boolean
  /** Puts its words into the draft, before what is written there. */
  editAgain(row: TimelineRow): void
}

/** What was said in own messages that were recalled from this page. */
export function useRecalledWords(): RecalledWordsView {
  const kit = useChatKit()
  const wordsOf = ({ isOwn, message }: TimelineRow): Message | undefined => {
    const { recalled } = message
    if (!isOwn || !recalled || (recalled.byId ?? kit.userId) !== kit.userId) return undefined
    const known = knownByKit.get(kit)
    return namesOf(message)
      .map((name) => known?.get(name))
      .find((one) => one !== undefined)
  }
  return {
    canEditAgain: (row) => wordsOf(row)?.parts.some(({ kind }) => kind === 'text') ?? false,
    editAgain(row) {
      const said = wordsOf(row)
      if (!said) return
      const { conversationId } = row.message
      const draft = draftOf(said, useConversationStore(kit.pinia).draftOf(conversationId))
      void kit.dispatch({ type: 'setDraft', conversationId, draft })
    },
  }
}
