/** Own messages on their way out. */
export { cancelledError, Outbox } from './outbox'
export type { OutboxItem, OutboxOptions } from './outbox'
