import { ChatError } from '../../model'

/** The error of a command that a person called back in time. */
export function cancelledError(): ChatError {
  return new ChatError({ code: 'cancelled', kind: 'cancelled' })
}
