/** Commands on their way out: kept, ordered, sent once. */
export { CommandOutbox } from './commandOutbox'
export type { CommandOutboxOptions } from './commandOutbox'
export { cancelledError, Outbox } from './outbox'
export type { OutboxItem, OutboxOptions } from './outbox'
export type { CommandEnding } from './outboxLine'
export type { Finding } from './attempt'
