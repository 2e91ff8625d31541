/** The people, groups and conversations that the embedded service is filled with; all of it is written by code from a seed. */
export { createWorld } from './createWorld'
export { renderPicture } from './pictures'
export type { World, WorldConversation, WorldGroup, WorldMessage, WorldPerson } from './world'
