import { ChatError } from '../../model'

/** An answer of a backend that is none leaves nothing to show, so that a person can try again. */
export function unreadable(): ChatError {
  return new ChatError({ code: 'unreadable-answer', kind: 'other', audience: 'developer' })
}
