import { catalogueError } from '../../core/errors'
import type { ChatError } from '../../model'

/** An answer of a backend that is none leaves nothing to show, so that a person can try again. */
export function unreadable(): ChatError {
  return catalogueError('parley', 'unreadable-answer')
}
