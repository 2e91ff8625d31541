import type { MessagesFacet } from '../../core/ports'
import { asUser } from './caller'
import type { Caller } from './caller'
import { checkedRef } from './checkedMessage'
import { checkedId } from './checkedValues'
import type { FileStore } from './fileStore'
import { readHistory } from './history'
import { requireMember } from './members'
import { findRow } from './messageStore'
import { receiptsOf } from './receipts'
import { createSender } from './sendMessage'

/** Messages as the service keeps them. */
export function createMessagesFacet(
  caller: Caller,
  files: FileStore,
  ownId: () => string | undefined,
): MessagesFacet {
  const { engine, knowledge } = caller
  const sender = createSender(caller, files)
  return {
    send: sender.send,
    history: (request) =>
      asUser(caller, (user) => engine.read((reading) => readHistory(reading, user, request))),
    find: (ref) =>
      asUser(caller, async ({ userId }) => {
        const { conversationId, keys } = checkedRef(ref)
        // It may be written any moment.
        if (sender.isSending(keys)) return 'unknown'
        return engine.read(async (reading) => {
          const { conversation, member } = await requireMember(reading, conversationId, userId)
          const row = await findRow(reading, conversation, { keys })
          return row && row.seq > member.hiddenSeq ? row.message : 'absent'
        })
      }),
    fetchReceipts: (conversationId) =>
      asUser(caller, ({ userId }) =>
        engine.read(async (reading) => {
          const id = checkedId(conversationId, 'conversationId')
          const { conversation } = await requireMember(reading, id, userId)
          return receiptsOf(reading, conversation, userId)
        }),
      ),
    setTyping(conversationId, isTyping) {
      const userId = ownId()
      if (userId === undefined || !knowledge.conversation(conversationId)) return
      engine.channel.post({ kind: 'typing', conversationId, userId, isTyping: isTyping === true })
    },
  }
}
