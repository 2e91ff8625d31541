import type { ChatErrorShape, Command, OutboxItem } from '../../model'
import type { CommandEnding } from './outboxLine'
import type { SenderOptions } from './senderOptions'

/** What the command outbox needs from its surroundings. */
export interface CommandOutboxOptions extends Omit<
  SenderOptions,
  'attemptMs' | 'clockOffsetMs' | 'onMissing' | 'onCalledBack' | 'behind'
> {
  /** An item is new or not as it was. */
  readonly onChanged: (item: OutboxItem, isFromOtherTab: boolean) => void
  /** An item has left the outbox. */
  readonly onEnded: (item: OutboxItem, ending: CommandEnding, isFromOtherTab: boolean) => void
  /** Whether a command says all that an older one of its lane says, which then need not be sent. */
  readonly replaces?: (older: Command, newer: Command) => boolean
  /** Whether a command that is shown counts as given: it is told of once it is kept. Where keeping takes long, then before. */
  readonly isToldOnceKept?: (command: Command) => boolean
  /** Whether a command that failed is nobody's: what an earlier page has left of these goes. */
  readonly isDroppedOnFailure?: (command: Command) => boolean
  /** How far the server's clock is ahead of the device's. */
  readonly clockOffsetMs?: () => number
  /** Hears of what must never happen: something given here has thrown. */
  readonly onFault?: (error: ChatErrorShape) => void
  /** Names this tab, as no other of its user is named; without it nobody notices when this tab dies. */
  readonly tabId?: string
  /** How many may be on their way at once; 1,000 unless told otherwise (D6). */
  readonly maxItems?: number
  /** How long an attempt may take without an answer and without progress; a minute unless told otherwise. */
  readonly attemptMs?: number
}
