/** Commands: what changes something at the backend, and the outbox they go through. */
export { createSending } from './createSending'
export type { Sending } from './createSending'
export { commandSpecs } from './specOf'
