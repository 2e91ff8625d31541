import type { Emoji } from '../../composables'
import type { MentionName } from '../../model'

/** Something that can be written in place of what was typed after a sign. */
export interface Suggestion {
  readonly key: string
  /** What is written. */
  readonly text: string
  /** What it is called in the list. */
  readonly label: string
  /** What tells it from others of that name. */
  readonly detail?: string
  /** Stands before the name: a picture of a person, a face of the app, or the sign itself. */
  readonly face:
    | { readonly kind: 'person'; readonly seed: string; readonly src?: string }
    | { readonly kind: 'picture'; readonly src: string }
    | { readonly kind: 'sign'; readonly sign: string }
  /** Whom it points at. */
  readonly mention?: MentionName
  /** Which emoji it is. */
  readonly emoji?: Emoji
}
