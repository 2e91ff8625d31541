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

/** One try to send a message. */
interface Attempt {
  /** How often sending had gone on when it began. */
  readonly resumes: number
  isGivenUp: boolean
  task?: Task<Message>
}

/**
 * Own messages on their way out: one at a time in each conversation, in the order typed (D6, D7). A failure that may have
 * arrived is settled by asking, never by sending again blindly; without a connection or a session the
 * queue waits for `resume`.
 */
export class Outbox {
  private readonly queues = new Map<ConversationId, OutboxItem[]>()
  private readonly running = new Map<ConversationId, { item: OutboxItem; giveUp: () => void }>()
  private readonly stranded = new Map<string, OutboxItem>()
  private isPaused = false
  private resumes = 0

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

  /** Takes a message out of the outbox; one on its way is called back, which may be too late. False: it is not here. */
  drop(rowKey: string): boolean {
    if (this.takeOut(rowKey)) return true
    const slot = [...this.running.values()].find(({ item }) => item.rowKey === rowKey)
    slot?.giveUp()
    return slot !== undefined
  }

  /** The backend has this message, as its echo tells: what waits to send it, or doubts it, is over. */
  confirm(rowKey: string): void {
    this.takeOut(rowKey)
  }

  /** Goes on after a time without a connection. */
  resume(): void {
    this.isPaused = false
    this.resumes++
    for (const conversationId of this.queues.keys()) void this.run(conversationId)
  }

  private takeOut(rowKey: string): boolean {
    if (this.stranded.delete(rowKey)) return true
    for (const [conversationId, queue] of this.queues) {
      const rest = queue.filter((item) => item.rowKey !== rowKey)
      if (rest.length === queue.length) continue
      this.queues.set(conversationId, rest)
      return true
    }
    return false
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
    else if (rest.length === 0 && !this.isPaused) this.queues.delete(conversationId)
    return item
  }

  private async send(conversationId: ConversationId, item: OutboxItem): Promise<void> {
    const attempt: Attempt = { resumes: this.resumes, isGivenUp: false }
    // Whoever gives up does not wait for a backend that never answers.
    let giveUp = (): void => {}
    const givenUp = new Promise<void>((resolve) => (giveUp = resolve))
    this.running.set(conversationId, {
      item,
      giveUp: () => {
        attempt.isGivenUp = true
        attempt.task?.cancel()
        this.options.onState(item, { state: 'cancelled' })
        giveUp()
      },
    })
    this.options.onState(item, { state: 'sending' })
    await Promise.race([this.carry(item, attempt), givenUp])
    this.running.delete(conversationId)
  }

  private async carry(item: OutboxItem, attempt: Attempt): Promise<void> {
    try {
      attempt.task = this.options.carry(item)
      this.options.onSent(item, await attempt.task.result)
    } catch (thrown) {
      await this.settle(item, toChatError(thrown), attempt)
    }
  }

  private async settle(item: OutboxItem, error: ChatErrorShape, attempt: Attempt): Promise<void> {
    const found = error.effect === 'unknown' && error.kind !== 'cancelled' ? await this.ask(item) : 'absent'
    if (typeof found === 'object') this.options.onSent(item, found)
    else if (attempt.isGivenUp) return
    else if (error.kind === 'cancelled') this.options.onState(item, { state: 'cancelled' })
    else if (found === 'unknown') this.strand(item, { state: 'unsure', error })
    else if (error.kind === 'offline' || error.kind === 'signed-out') this.waitForConnection(item, attempt)
    else this.strand(item, { state: 'failed', error })
  }

  private waitForConnection(item: OutboxItem, { resumes }: Attempt): void {
    // The connection may be back already: then nobody would wake a queue that is paused now.
    if (resumes === this.resumes) this.isPaused = true
    const { conversationId } = item.outgoing
    this.queues.set(conversationId, [item, ...(this.queues.get(conversationId) ?? [])])
    this.options.onState(item, { state: 'queued' })
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
