import type { Media } from './media'

/** What is written in a conversation and not sent yet; it stays on this device. */
export interface Draft {
  readonly text: string
  readonly images: readonly Media[]
}
