import type { MessagesFacet } from '../../core/ports'
import { asUser } from './caller'
import type { Caller } from './caller'
import { checkedRef } from './checkedMessage'
import { checkedId } from './checkedValues'
import { deleteForMe } from './deleteForMe'
import { editMessage } from './editMessage'
import { extensionsOf, setExtensions } from './extensions'
import type { FileStore } from './fileStore'
import { readHistory } from './history'
import { requireMember } from './members'
import { findRow } from './messageStore'
import { pinnedOf, setPinned } from './pins'
import { fetchReactions, reactorsOf, setReactions } from './reactions'
import { readersOf } from './readers'
import { recallMessage } from './recallMessage'
import { receiptsOf } from './receipts'
import { searchMessages } from './search'
import { createSender } from './sendMessage'
import { isVisible, shownMessage } from './shown'

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
          return row && isVisible(row, member) ? shownMessage(row, userId) : 'absent'
        })
      }),
    recall: (ref, reason) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => recallMessage(change, userId, ref, engine.rules.recallWindowMs, reason)),
      ),
    edit: (message, body) =>
      asUser(caller, ({ userId }) => editMessage(engine, files, userId, message, body)),
    deleteForMe: (refs) =>
      asUser(caller, ({ userId }) => engine.write((change) => deleteForMe(change, userId, refs))),
    setReactions: (ref, _before, after) =>
      asUser(caller, ({ userId }) => engine.write((change) => setReactions(change, userId, ref, after))),
    fetchReactions: (refs) =>
      asUser(caller, ({ userId }) => engine.read((reading) => fetchReactions(reading, userId, refs))),
    reactors: (ref, key) =>
      asUser(caller, ({ userId }) => engine.read((reading) => reactorsOf(reading, userId, ref, key))),
    setExtensions: (ref, set, deleted) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => setExtensions(change, userId, ref, set, deleted)),
      ),
    fetchExtensions: (ref) =>
      asUser(caller, ({ userId }) => engine.read((reading) => extensionsOf(reading, userId, ref))),
    setPinned: (ref, isPinned) =>
      asUser(caller, ({ userId }) => engine.write((change) => setPinned(change, userId, ref, isPinned))),
    pinned: (conversationId) =>
      asUser(caller, ({ userId }) => engine.read((reading) => pinnedOf(reading, userId, conversationId))),
    search: (query) =>
      asUser(caller, (user) => engine.read((reading) => searchMessages(reading, user, query))),
    readers: (ref, which, cursor) =>
      asUser(caller, (user) => engine.read((reading) => readersOf(reading, user, ref, which, cursor))),
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
      const conversation = knowledge.conversation(conversationId)
      // In a live room nobody looks who writes, and there are too many to tell.
      if (userId === undefined || !conversation || conversation.kind === 'live') return
      engine.channel.post({ kind: 'typing', conversationId, userId, isTyping: isTyping === true })
    },
  }
}
