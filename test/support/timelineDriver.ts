import { mergeTimeline, Timeline } from '../../src/core/timeline'
import type { TimelineInput } from '../../src/core/timeline'
import type {
  ChatErrorShape,
  HistoryRequest,
  KnownPage,
  Message,
  MessageChange,
  MessageRef,
  OutboxState,
} from '../../src/model'

/** A timeline that a test drives step by step: it holds the newest of the immutable ones. */
export class TimelineDriver {
  it = new Timeline()

  constructor(
    private readonly ownId: string,
    private readonly isDense: () => boolean,
  ) {}

  take(input: TimelineInput): void {
    this.it = mergeTimeline(this.it, input, { ownId: this.ownId, isDense: this.isDense() })
  }

  get state() {
    return this.it.state
  }
  get older() {
    return this.it.older
  }
  get olderWork() {
    return this.it.olderWork
  }
  get isInterrupted() {
    return this.it.isInterrupted
  }
  get error() {
    return this.it.error
  }
  entries = () => this.it.entries()
  entry = (rowKey: string) => this.it.entry(rowKey)
  find = (keys: readonly string[]) => this.it.find(keys)
  addLive = (messages: readonly Message[]) => this.take({ kind: 'live', messages })
  interrupt = () => this.take({ kind: 'interrupted' })
  addQueued = (message: Message, rowKey: string) => this.take({ kind: 'queued', message, rowKey })
  settle = (rowKey: string, message: Message) => this.take({ kind: 'settled', rowKey, message })
  setOutbox = (rowKey: string, outbox: OutboxState) => this.take({ kind: 'outbox', rowKey, outbox })
  drop = (rowKey: string) => this.take({ kind: 'dropped', rowKey })
  change = (change: MessageChange) => this.take({ kind: 'changed', change })
  clear = (how: { readonly keepsTail: boolean; readonly upToAt?: number }) =>
    this.take({ kind: 'cleared', ...how })
  startLoading = (request: HistoryRequest, beside?: MessageRef) =>
    this.take({ kind: 'requested', request, ...(beside && { beside }) })
  failLoading = (request: HistoryRequest, error: ChatErrorShape, beside?: MessageRef) =>
    this.take({ kind: 'failed', request, error, ...(beside && { beside }) })
  addPage = (request: HistoryRequest, page: KnownPage, beside?: MessageRef) =>
    this.take({ kind: 'page', request, page, ...(beside && { beside }) })
}
