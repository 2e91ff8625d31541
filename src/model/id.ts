/** Milliseconds since 1970 on the server's clock. */
export type EpochMs = number
/** The last moment a calendar can name: what ends later has no end. */
export const LAST_MOMENT: EpochMs = 8.64e15
/** A user as the backend names it: 1 to 32 printable ASCII bytes on the strictest backends (G9). */
export type UserId = string
/** A group as the backend names it. */
export type GroupId = string
/** Made by the adapter: stable, the same on every device, never parsed outside the adapter. */
export type ConversationId = string
/** Opaque, good for this session. An old one rejects with kind 'cursor-expired'; the kit then asks again by message. */
export type Cursor = string
/** Opaque: where the stream of events stands; stored after the events before it are stored. */
export type Checkpoint = string
