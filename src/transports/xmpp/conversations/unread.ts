import { compareOrder } from '../../../core/timeline'
import type {
  ConversationId,
  Message,
  MessageKey,
  MessageOrder,
  MessageRef,
  TransportEvent,
} from '../../../model'
import type { Reading } from '../messages/reading'
import type { Area } from '../wire/wire'

/** What nobody counts at the server: how many messages of others stand after the own read position. */
export interface Unread {
  readonly area: Area
  /** Takes in what was just told, or found as the end of a conversation; returns what changes with it. */
  note(readings: readonly Reading[], how: 'told' | 'listed'): readonly TransportEvent[]
  /** One's own read position is here, on whatever device it moved. */
  readUpTo(upTo: MessageRef): readonly TransportEvent[]
  countOf(id: ConversationId): number
}
interface State {
  kind: 'direct' | 'group'
  /** By the message's first name, in the order in which they stand. */
  readonly unreadByKey: Map<MessageKey, Required<Pick<Message, 'keys' | 'order'>>>
  mark?: { readonly keys: readonly MessageKey[]; readonly order?: MessageOrder }
}

/** A badge shows no more. */
const MOST_COUNTED = 200

/** Nothing is unread before it is known. */
export function createUnread(): Unread {
  const stateById = new Map<ConversationId, State>()

  function stateOf(id: ConversationId, kind: State['kind']): State {
    const state = stateById.get(id) ?? { kind, unreadByKey: new Map() }
    stateById.set(id, state)
    return state
  }

  /** Where one server has whole seconds for an order, the row decides: what stands behind the mark is not read. */
  function moveMark(state: State, keys: readonly MessageKey[], order: MessageOrder | undefined): void {
    const known = state.mark?.order
    if (known && (!order || compareOrder(order, known) < 0)) return
    state.mark = { keys, ...(order && { order }) }
    const rows = [...state.unreadByKey]
    const at = rows.findLastIndex(([key]) => keys.includes(key))
    rows.forEach(([key, one], index) => {
      const side = order ? compareOrder(one.order, order) : 1
      if (side < 0 || (at >= 0 ? index <= at : side === 0)) state.unreadByKey.delete(key)
    })
  }

  function take(reading: Reading, how: 'told' | 'listed', passed: Set<State>): void {
    const { message, isMine, conversationId, kind } = reading
    if (!message?.order || message.delivery !== 'stored') return
    const state = stateOf(conversationId, kind)
    const { order, keys } = message
    // Who writes has read what stands above.
    const isMark = keys.some((key) => state.mark?.keys.includes(key))
    if (isMine || isMark) {
      if (isMark) passed.add(state)
      return moveMark(state, keys, order)
    }
    const { mark } = state
    // Whoever comes into a room need not have read what was said before.
    if (!mark && kind === 'group' && how === 'listed') return
    const side = mark?.order ? compareOrder(order, mark.order) : 1
    const isBehind = side > 0 || (side === 0 && (how === 'told' || passed.has(state)))
    const [key] = keys
    const isCopy = [...state.unreadByKey.values()].some((one) => one.keys.some((name) => keys.includes(name)))
    if (isBehind && key !== undefined && !isCopy && state.unreadByKey.size < MOST_COUNTED)
      state.unreadByKey.set(key, { keys, order })
  }

  function changing(ids: Iterable<ConversationId>, work: () => void): readonly TransportEvent[] {
    const before = new Map([...new Set(ids)].map((id) => [id, countOf(id)]))
    work()
    const conversations = [...before].flatMap(([id, count]) => {
      const state = stateById.get(id)
      const unreadCount = countOf(id)
      return state && unreadCount !== count ? [{ id, kind: state.kind, unreadCount }] : []
    })
    return conversations.length > 0 ? [{ type: 'conversation.changed', conversations }] : []
  }

  const countOf = (id: ConversationId) => stateById.get(id)?.unreadByKey.size ?? 0

  return {
    area: { onEnd: () => stateById.clear() },
    note(readings, how) {
      const passed = new Set<State>()
      return changing(
        readings.map(({ conversationId }) => conversationId),
        () => {
          for (const reading of readings) {
            take(reading, how, passed)
            const state = stateById.get(reading.conversationId)
            for (const change of reading.changes)
              if (change.kind === 'recalled') change.ref.keys.forEach((key) => state?.unreadByKey.delete(key))
          }
        },
      )
    },
    readUpTo(upTo) {
      const { conversationId: id, keys, order } = upTo
      const kind = id.startsWith('room:') ? 'group' : 'direct'
      return changing([id], () => moveMark(stateOf(id, kind), keys, order))
    },
    countOf,
  }
}
