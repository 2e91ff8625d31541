import type { Clock, IdSource } from '../../core/ports'

/** Where the server is. */
export interface XmppTransportOptions {
  /** The address of its WebSocket: `wss://chat.example/ws`. */
  readonly service: string
  /** The domain of its users: what stands behind the @. */
  readonly domain: string
  /**
   * What the server takes at once, in bytes. It throws out whoever sends more, so a message that is larger is refused before it
   * leaves. @default 262144, as Prosody and ejabberd come
   */
  readonly stanzaBytes?: number
  /** The device's time when absent. */
  readonly clock?: Clock
  /** Where ids come from; random when absent. */
  readonly ids?: IdSource
}
/** A new account at a server that lets anybody in. */
export interface XmppAccountOptions {
  /** The address of its WebSocket. */
  readonly service: string
  /** The domain of its users. */
  readonly domain: string
  /** What stands before the @, or the whole address. */
  readonly userId: string
  /** The password. */
  readonly secret: string
  /** The device's time when absent. */
  readonly clock?: Clock
}
