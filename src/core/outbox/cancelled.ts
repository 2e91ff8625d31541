import { catalogueError } from '../errors'
import type { ChatError } from '../../model'

/** The error of a command that a person called back in time. */
export function cancelledError(): ChatError {
  return catalogueError('parley', 'cancelled')
}
