import { ChatError, toChatError } from '../../model'
import type {
  ChatErrorShape,
  ConversationId,
  EpochMs,
  Message,
  OutboxState,
  OutgoingMessage,
  Task,
} from '../../model'

/** A message on its way out. */
export interface OutboxItem {
  /** The row of its timeline. */
  readonly rowKey: string
  /** What is sent. */
  readonly outgoing: OutgoingMessage
  /** When it was written, on the server's clock: a backend that must search begins there. */
  readonly sentAt: EpochMs
}

/** What the outbox needs from its surroundings. */
export interface OutboxOptions {
  /** Carries one message to the backend, files included; the result is the message as the backend holds it. */
  readonly carry: (item: OutboxItem) => Task<Message>
  /** Asks the backend whether a message arrived after all. */
  readonly find: (item: OutboxItem) => Promise<Message | 'absent' | 'unknown'>
  /** Hears of each state on the way. */
  readonly onState: (item: OutboxItem, outbox: OutboxState) => void
  /** Hears that the backend has it. */
  readonly onSent: (item: OutboxItem, message: Message) => void
}

/**
 * Own messages on their way out: one at a time in each conversation, in the order typed (D6, D7). A failure that may have
 * arrived is settled by asking, never by sending again blindly; without a connection or a session the
 * queue waits for `resume`.
 */
export class Outbox {
  private readonly queues = new Map<ConversationId, OutboxItem[]>()
  private readonly running = new Map<ConversationId, { item: OutboxItem; task: Task<Message> | undefined }>()
  private readonly stranded = new Map<string, OutboxItem>()
  private isPaused = false

  constructor(private readonly options: OutboxOptions) {}

  add(item: OutboxItem): void {
    const { conversationId } = item.outgoing
    this.queues.set(conversationId, [...(this.queues.get(conversationId) ?? []), item])
    this.options.onState(item, { state: 'queued' })
    void this.run(conversationId)
  }

  /** Sends a failed or unsure message once more; false where there is no such message. */
  resend(rowKey: string): boolean {
    const item = this.stranded.get(rowKey)
    if (!item) return false
    this.stranded.delete(rowKey)
    this.add(item)
    return true
  }

  /** Takes a message out of the outbox; false where it is already at the backend or on its way and cannot be called back. */
  drop(rowKey: string): boolean {
    if (this.stranded.delete(rowKey)) return true
    for (const [conversationId, queue] of this.queues) {
      if (!queue.some((item) => item.rowKey === rowKey)) continue
      this.queues.set(
        conversationId,
        queue.filter((item) => item.rowKey !== rowKey),
      )
      return true
    }
    for (const { item, task } of this.running.values()) if (item.rowKey === rowKey) task?.cancel()
    return false
  }

  /** Goes on after a time without a connection. */
  resume(): void {
    this.isPaused = false
    for (const conversationId of this.queues.keys()) void this.run(conversationId)
  }

  private async run(conversationId: ConversationId): Promise<void> {
    if (this.running.has(conversationId)) return
    for (let item = this.take(conversationId); item; item = this.take(conversationId)) {
      await this.send(conversationId, item)
    }
  }

  private take(conversationId: ConversationId): OutboxItem | undefined {
    const [item, ...rest] = (!this.isPaused && this.queues.get(conversationId)) || []
    if (item) this.queues.set(conversationId, rest)
    return item
  }

  private async send(conversationId: ConversationId, item: OutboxItem): Promise<void> {
    const slot: { item: OutboxItem; task: Task<Message> | undefined } = { item, task: undefined }
    this.running.set(conversationId, slot)
    this.options.onState(item, { state: 'sending' })
    try {
      slot.task = this.options.carry(item)
      this.options.onSent(item, await slot.task.result)
    } catch (thrown) {
      await this.settle(item, toChatError(thrown))
    } finally {
      this.running.delete(conversationId)
    }
  }

  private async settle(item: OutboxItem, error: ChatErrorShape): Promise<void> {
    if (error.kind === 'cancelled') {
      this.options.onState(item, { state: 'cancelled' })
      return
    }
    if (error.effect === 'unknown') {
      const found = await this.ask(item)
      if (typeof found === 'object') {
        this.options.onSent(item, found)
        return
      }
      if (found === 'unknown') {
        this.strand(item, { state: 'unsure', error })
        return
      }
    }
    if (error.kind === 'offline' || error.kind === 'signed-out') {
      this.isPaused = true
      const { conversationId } = item.outgoing
      this.queues.set(conversationId, [item, ...(this.queues.get(conversationId) ?? [])])
      this.options.onState(item, { state: 'queued' })
      return
    }
    this.strand(item, { state: 'failed', error })
  }

  private async ask(item: OutboxItem): Promise<Message | 'absent' | 'unknown'> {
    try {
      return await this.options.find(item)
    } catch {
      return 'unknown'
    }
  }

  private strand(item: OutboxItem, outbox: OutboxState): void {
    this.stranded.set(item.rowKey, item)
    this.options.onState(item, outbox)
  }
}

/** The error of a message that a person called back in time. */
export function cancelledError(): ChatError {
  return new ChatError({ code: 'cancelled', kind: 'cancelled' })
}
