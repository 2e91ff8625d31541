import { refOf } from '../../model'
import type { ChatEvent, MessageChange, ReadPoint } from '../../model'
import type { CommandSpecs } from './commandSpec'

type Names =
  'editMessage' | 'recallMessage' | 'deleteMessages' | 'setReactions' | 'setExtensions' | 'setMessagePinned'

const changed = (...changes: MessageChange[]): ChatEvent => ({ type: 'message.changed', changes })

/** The way messages are changed. */
export const messageCommands: Pick<CommandSpecs, Names> = {
  editMessage: {
    ability: 'messages.edit',
    lane: ({ message }) => message.conversationId,
    run: (transport, { message, body }) => transport.messages.edit?.(message, body),
    follow: ({ message, body }, edited, { ownId }) => [
      changed({
        kind: 'edited',
        ref: refOf(message),
        byId: ownId,
        isVouched: true,
        body: { parts: edited.parts, ...(body.mentions && { mentions: body.mentions }) },
        ...(edited.revision !== undefined && { revision: edited.revision }),
      }),
    ],
  },
  recallMessage: {
    ability: 'messages.recall',
    lane: ({ message }) => message.conversationId,
    run: (transport, { message, reason }) => transport.messages.recall?.(refOf(message), reason),
    follow: ({ message, reason }, _, { ownId }) => [
      changed({
        kind: 'recalled',
        ref: refOf(message),
        byId: ownId,
        isVouched: true,
        ...(reason !== undefined && { reason }),
      }),
    ],
  },
  deleteMessages: {
    ability: 'messages.deleteForMe',
    lane: ({ conversationId }) => conversationId,
    run: (transport, { refs }) => transport.messages.deleteForMe?.(refs),
    follow: ({ refs }, _, { ownId }) => [
      changed(...refs.map((ref) => ({ kind: 'removed' as const, ref, byId: ownId, isVouched: true }))),
    ],
  },
  setReactions: {
    ability: 'messages.setReactions',
    lane: ({ ref }) => ref.conversationId,
    run: (transport, { ref, before, after }) => transport.messages.setReactions?.(ref, before, after),
    foresee({ ref, before, after }, { ownId, ownReactions }) {
      const become = (reactionKeys: readonly string[]) =>
        changed({ kind: 'reactions-of', ref, byId: ownId, isVouched: true, userId: ownId, reactionKeys })
      const isShown = () => String([...ownReactions(ref)].sort()) === String([...after].sort())
      return { events: [become(after)], isShown, undo: [become(before)] }
    },
  },
  setExtensions: {
    ability: 'messages.setExtensions',
    lane: ({ ref }) => ref.conversationId,
    run: (transport, { ref, set, deleted }) => transport.messages.setExtensions?.(ref, set, deleted),
  },
  setMessagePinned: {
    ability: 'messages.setPinned',
    lane: ({ ref }) => ref.conversationId,
    run: (transport, { ref, isPinned }) => transport.messages.setPinned?.(ref, isPinned),
    follow: ({ ref, isPinned }, _, { ownId }) => [
      changed({ kind: 'pinned', ref, byId: ownId, isVouched: true, isPinned }),
    ],
  },
}

/** One's own read position, wherever it was reached. */
export function ownRead(conversationId: string, userId: string, point: ReadPoint): ChatEvent {
  return {
    type: 'receipt.received',
    receipts: [{ kind: 'upTo', conversationId, userId, state: 'read', point }],
  }
}
