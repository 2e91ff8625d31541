/** The composition root: the only place that knows everybody. */
export { createChatKit } from './createChatKit'
export type { HostedFacets } from './facetsOf'
export { userSource } from './userSource'
export type { UserSource } from './userSource'
export type { ChatKit, ChatKitOptions } from './createChatKit'
export type { NotificationOptions } from './notifying'
