import { toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { previewText } from '../i18n'
import { refOf } from '../model'
import type { ConversationId, Message, Part } from '../model'
import { useChatKit } from './kitContext'
import { useConversationTitles } from './useConversationTitles'
import { useLocale } from './useLocale'
import { createProfileReader } from './useProfile'

/** Passing messages on (E6). */
export interface ForwardView {
  /** True where these messages may travel as one chat history. */
  canMerge(messages: readonly Message[]): boolean
  /**
   * Passes messages on to conversations, in their order: each as a message of its own, or all as one chat history. Resolves
   * once this machine keeps what is to be sent.
   * @throws ChatError where one of them may not be sent.
   */
  forward(
    messages: readonly Message[],
    to: readonly ConversationId[],
    how: 'one-by-one' | 'merged',
  ): Promise<void>
}

/** A chat history shows this many lines before it is opened. */
const MOST_ABSTRACTS = 4

/** Passes on messages of a conversation. */
export function useForward(from: MaybeRefOrGetter<ConversationId>): ForwardView {
  const kit = useChatKit()
  const { t } = useLocale()
  const titles = useConversationTitles()
  const profiles = createProfileReader(kit)

  const nameOf = ({ senderId, senderName }: Message) => profiles.nameToOthers(senderId, senderName)
  function title(): string {
    const id = toValue(from)
    const peerId = titles.conversationOf(id)?.peerId
    const name = peerId === undefined ? titles.titleOf(id) : profiles.nameToOthers(peerId)
    return t('forward.mergedTitle', { title: name })
  }
  function merged(messages: readonly Message[]): Part {
    return {
      kind: 'merged',
      title: title(),
      abstracts: messages
        .slice(0, MOST_ABSTRACTS)
        .map((message) => `${nameOf(message)}: ${previewText(t, message.parts)}`),
      items: messages.map((message) => ({ ...withoutTraces(message), senderName: nameOf(message) })),
    }
  }

  return {
    canMerge(messages) {
      const { mergedCount } = kit.limits()
      if (messages.length < 2 || messages.length > (mergedCount ?? Infinity)) return false
      const verdict = kit.can('messages.send', { part: 'merged' })
      return typeof verdict === 'string' || verdict.kind === 'offline' || verdict.kind === 'signed-out'
    },
    async forward(given, to, how) {
      const messages = given.filter(isForOthers)
      if (messages.length === 0) return
      for (const conversationId of to) {
        if (how === 'merged') {
          await kit.dispatch({ type: 'sendMessage', conversationId, parts: [merged(messages)] })
          continue
        }
        for (const message of messages) {
          await kit.dispatch({
            type: 'sendMessage',
            conversationId,
            parts: message.parts,
            forwardOf: refOf(message),
          })
        }
      }
    },
  }
}

/** What burns leaves no trace elsewhere, and what was taken back is not passed on. */
function isForOthers({ parts, recalled, burnAfterMs }: Message): boolean {
  return parts.length > 0 && !recalled && burnAfterMs === undefined
}

/** What was said, without what has become of it where it was said: who liked it, what was written to it, when it was heard here. */
function withoutTraces(message: Message): Message {
  const { reactions: _reactions, extensions: _extensions, openedAt: _openedAt, ...said } = message
  return said
}
