/** A whole chat service in the browser: no server, all tabs share it, and each tab can be another person. */
export { createEmbeddedService, createEmbeddedTransport } from './service'
export type { EmbeddedService, EmbeddedServiceOptions } from './service'
export type { World, WorldConversation, WorldGroup, WorldMessage, WorldPerson } from './world/world'
