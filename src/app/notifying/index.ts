/** Tells a person of messages while the page is not looked at. */
export { createNotifying } from './notifying'
export type { NotificationOptions } from './notifying'
export { createOnScreen } from './onScreen'
export type { OnScreen } from './onScreen'
