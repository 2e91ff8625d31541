/** Parley for Vue apps: the kit, its components and the composables they are made of. */
export { createChatKit } from './app'
export type { ChatKit, ChatKitOptions } from './app'
