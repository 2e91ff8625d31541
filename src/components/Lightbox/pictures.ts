import type { Media, MessageRef } from '../../model'

/** A picture and the message that carries it. */
export interface LightboxPicture {
  /** The picture. */
  readonly part: Media
  /** Some backends find the file only through its message. */
  readonly of: MessageRef
}
