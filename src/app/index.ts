/** The composition root: the only place that knows everybody. */
export { createChatKit } from './createChatKit'
export type { HostedFacets } from './facetsOf'
export { userSource } from './userSource'
export type { UserSource } from './userSource'
export type { ChatKitOptions } from './chatKitOptions'
export type { ChatKit } from './createChatKit'
export type { NotificationOptions } from './notifying'
