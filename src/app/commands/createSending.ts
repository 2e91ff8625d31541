import { soundMessage } from '../../core/sound'
import { CommandOutbox } from '../../core/outbox'
import type { CommandEnding } from '../../core/outbox'
import { isCovered } from '../../core/receipts'
import { catalogueError } from '../../core/errors'
import { EMPTY_DRAFT, isClientKeyOf, toChatError } from '../../model'
import type {
  ChatErrorShape,
  ChatEvent,
  Command,
  CommandIntent,
  ConversationId,
  Message,
  OutboxItem,
  Task,
  ChatError,
} from '../../model'
import {
  useContactStore,
  useConversationStore,
  useFriendRequestStore,
  useGroupStore,
  useOutboxStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
} from '../../stores'
import { createCarrier } from '../carryMessage'
import type { HandlerContext } from '../handlers/context'
import { keepFile } from '../keptFiles'
import { isSentAlready, outboxStateOf, queuedMessage } from '../queuedMessage'
import { specOf } from './specOf'
import type { CommandContext, Optimism } from './commandSpec'

/** The outbox of a kit, and what else leads to it. */
export interface Sending {
  readonly outbox: CommandOutbox
  /** Gives a command; resolves with what the backend says once it is done, and rejects with why it never will be. */
  command(intent: CommandIntent): Promise<unknown>
  /** The backend has told these messages: own ones among them need not be sent any more. */
  confirmSent(messages: readonly Message[]): void
}

/** Ties the outbox to the backend on one side and to the road in on the other. */
export function createSending(context: HandlerContext): Sending {
  const { transport, ingest, ownId } = context
  const session = useSessionStore(context.pinia)
  const contacts = useContactStore(context.pinia)
  const requests = useFriendRequestStore(context.pinia)
  const conversations = useConversationStore(context.pinia)
  const groups = useGroupStore(context.pinia)
  const receipts = useReceiptStore(context.pinia)
  const timelines = useTimelineStore(context.pinia)
  const items = useOutboxStore(context.pinia)
  const carryMessage = createCarrier(transport, (remote, file) =>
    behind(keepFile(context.cache, remote, file)),
  )
  const facts: CommandContext = {
    ownId,
    conversation: (id) => conversations.byId.get(id),
    group: (id) => groups.byId.get(id),
    contact: (id) => contacts.byId.get(id),
    friendRequests: () => [...requests.byId.values()],
    blockedIds: () => [...contacts.blockedIds],
    ownReactions: ({ conversationId, keys }) =>
      (timelines.timelineById.get(conversationId)?.find(keys)?.message.reactions ?? [])
        .filter(({ isMine }) => isMine)
        .map(({ key }) => key),
  }
  /** The way back of what is shown before the backend has done it. */
  const undoById = new Map<string, Pick<Optimism, 'isShown' | 'undo'>>()
  const shownIds = new Set<string>()
  /** Conversations of which the backend does not know how far they are read, though it is shown. */
  const untoldReads = new Set<ConversationId>()

  const outbox = new CommandOutbox({
    store: context.cache.outbox,
    clock: context.clock,
    random: context.random,
    name: context.name,
    ...(context.tabs && { tabs: context.tabs, tabId: context.ids.next() }),
    clockOffsetMs: () => session.clockOffsetMs,
    run: (item, onProgress) => run(item, onProgress),
    find,
    doubt: (command) => (command.type === 'sendMessage' || specOf(command).isOnce ? 'find' : 'again'),
    replaces: (older, newer) =>
      older.type === newer.type &&
      newer.type !== 'sendMessage' &&
      specOf(newer).replaces?.(older, newer) === true,
    // A message is written behind, and may be nowhere else on this machine.
    keepEnding: async ({ command }) => (command.type === 'sendMessage' ? context.cache.flush() : undefined),
    // A person who sees the row takes it for sent; what else is given is shown the moment it is given.
    isToldOnceKept: ({ type }) => type === 'sendMessage',
    // Who gave any other command is told by its promise; only a message has a row in which a person can try again.
    isDroppedOnFailure: ({ type }) => type !== 'sendMessage',
    onChanged,
    onEnded,
    onFault: tellFault,
  })

  function tellFault(error: ChatErrorShape): void {
    context.logger.error('The outbox met something that must not happen.', error)
  }

  /** A failure of what nobody waits for. */
  function behind(work: Promise<unknown>): void {
    work.catch((thrown: unknown) => tellFault(toChatError(thrown)))
  }

  function run(item: OutboxItem, onProgress: () => void): Task<unknown> {
    const onRefused = createRefusalHearing()
    const task = begin(item, onProgress)
    task.result.catch(onRefused)
    return task
  }

  /** For one call, made before it begins: what fails for want of a sign-in tells of the session. */
  function createRefusalHearing(): (thrown: unknown) => void {
    const onRefused = context.beginCall()
    return (thrown) => {
      const error = toChatError(thrown)
      if (error.retry === 'after-sign-in') onRefused(error)
    }
  }

  function begin(item: OutboxItem, onProgress: () => void): Task<unknown> {
    const { command } = item
    if (command.type === 'sendMessage') {
      const { conversationId } = command.outgoing
      return carryMessage(command.outgoing, (fraction) => {
        onProgress()
        ingest([{ type: 'upload.progressed', conversationId, rowKey: item.id, fraction }], 'local')
      })
    }
    const result = specOf(command).run(transport, command)
    return { result: result ?? Promise.reject(unsupported(command)), cancel: () => {} }
  }

  async function find({ id, command, queuedAt }: OutboxItem) {
    if (command.type !== 'sendMessage') return 'unknown'
    const { conversationId } = command.outgoing
    const onRefused = createRefusalHearing()
    const finding = transport.messages.find({ conversationId, keys: [id], senderId: ownId, sentAt: queuedAt })
    finding.catch(onRefused)
    const found = await finding
    return typeof found === 'object' ? { done: found } : found
  }

  function onChanged(item: OutboxItem, isFromOtherTab: boolean): void {
    const source = isFromOtherTab ? 'tab' : 'local'
    const events: ChatEvent[] = [{ type: 'command.changed', item }]
    if (!shownIds.has(item.id)) {
      events.push(...foresee(item))
      if (isFromOtherTab) dropSentDraft(item)
    }
    shownIds.add(item.id)
    const message = queuedMessage(item, ownId)
    if (message) {
      const { conversationId } = message
      events.push({ type: 'outbox.changed', conversationId, rowKey: item.id, outbox: outboxStateOf(item) })
    }
    ingest(events, source)
    if (item.error?.kind === 'not-in-plan' && item.command.type !== 'sendMessage') {
      context.withdraw(specOf(item.command).ability, item.error)
    }
    const isUpToSomebody = item.state === 'failed' || item.state === 'unsure'
    if (isUpToSomebody) noteRead(item.command, false)
    // Who gave the command is told by its promise; only a message has a row in which a person can try again.
    if (!message && isUpToSomebody && !isFromOtherTab) behind(outbox.cancel(item.id))
  }

  /** A tab that died may have sent a draft without telling. In what is kept the draft is gone already. */
  function dropSentDraft(item: OutboxItem): void {
    // Who knew the item has written the same once more.
    if (item.command.type !== 'sendMessage' || items.itemById.has(item.id)) return
    const { conversationId } = item.command.outgoing
    if (!isSentAlready(conversations.draftOf(conversationId), item)) return
    ingest([{ type: 'draft.changed', conversationId, draft: EMPTY_DRAFT }], 'tab')
  }

  function foresee(item: OutboxItem): readonly ChatEvent[] {
    const message = queuedMessage(item, ownId)
    if (message) return [{ type: 'message.queued', message, rowKey: item.id }]
    const optimism =
      item.command.type !== 'sendMessage' && specOf(item.command).foresee?.(item.command, facts)
    if (!optimism) return []
    undoById.set(item.id, optimism)
    return optimism.events
  }

  function onEnded(item: OutboxItem, ending: CommandEnding, isFromOtherTab: boolean): void {
    const source = isFromOtherTab ? 'tab' : 'local'
    ingest([...endEvents(item, ending), { type: 'command.ended', id: item.id }], source)
    undoById.delete(item.id)
    shownIds.delete(item.id)
    if (ending.end === 'done') noteRead(item.command, true)
  }

  function endEvents({ id, command }: OutboxItem, ending: CommandEnding): readonly ChatEvent[] {
    if (command.type === 'sendMessage') {
      const { conversationId } = command.outgoing
      if (ending.end !== 'done') return [{ type: 'message.dropped', conversationId, rowKey: id }]
      const message = soundMessage(ending.result as Message)
      if (message) return [{ type: 'message.sent', message, rowKey: id }]
      // It has left, though nobody can read what came of it.
      return [{ type: 'outbox.changed', conversationId, rowKey: id, outbox: { state: 'sent' } }]
    }
    if (ending.end === 'done') return specOf(command).follow?.(command, ending.result, facts) ?? []
    const way = undoById.get(id)
    if (!way) return []
    if (ending.end === 'cancelled') return way.isShown?.() === false ? [] : way.undo
    // The newer one leads back to before the older one.
    const newer = undoById.get(ending.by)
    if (newer) undoById.set(ending.by, { ...newer, undo: way.undo })
    return []
  }

  function noteRead(command: Command, isTold: boolean): void {
    if (command.type !== 'markRead') return
    if (isTold) untoldReads.delete(command.conversationId)
    else untoldReads.add(command.conversationId)
  }

  /** Reading up to where one has read already says nothing new, unless nobody was told. */
  function isPointless(command: CommandIntent): boolean {
    if (command.type !== 'markRead' || untoldReads.has(command.conversationId)) return false
    const mark = receipts.marksById.get(command.conversationId)?.get(ownId)?.read
    const { order, sentAt = Infinity } = command.upTo
    return isCovered(mark, { sentAt, ...(order && { order }) })
  }

  return {
    outbox,
    async command(intent) {
      if (isPointless(intent)) return undefined
      const item: OutboxItem = {
        id: context.ids.next(),
        lane: specOf(intent).lane(intent),
        command: intent,
        queuedAt: context.clock.now() + session.clockOffsetMs,
        state: 'queued',
        attempts: 0,
      }
      const keeping = outbox.add(item)
      const result = outbox.result(item.id)
      // Where it cannot be kept, that is the answer.
      result.catch(() => {})
      await keeping
      return result
    },
    confirmSent(messages) {
      for (const message of messages) {
        if (message.senderId !== ownId) continue
        for (const key of message.keys) {
          if (isClientKeyOf(key, ownId) && outbox.item(key)) behind(outbox.confirm(key, message))
        }
      }
    },
  }
}

function unsupported(command: Command): ChatError {
  return catalogueError('parley', 'unsupported', {}, `no ${command.type} here`)
}
