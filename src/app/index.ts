/** The composition root: the only place that knows everybody. */
export { createChatKit } from './createChatKit'
export type { ChatKit, ChatKitOptions } from './createChatKit'
