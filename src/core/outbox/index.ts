/** Commands on their way out: kept, ordered, sent once. */
export { CommandOutbox } from './commandOutbox'
export type { CommandOutboxOptions } from './commandOutboxOptions'
export { cancelledError } from './cancelled'
export { isOutboxItem } from './outboxLine'
export type { CommandEnding } from './outboxLine'
export type { Finding } from './attempt'
