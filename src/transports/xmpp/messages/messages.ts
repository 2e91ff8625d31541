import type { MessagesFacet } from '../../../core/ports'
import { refusals } from '../refusals'
import type { Area } from '../wire/wire'

/** Sending, reading and changing messages. */
export function createMessages(): { readonly facet: MessagesFacet; readonly area: Area } {
  return {
    facet: {
      send: () => ({ result: Promise.reject(refusals.unsupported()), cancel: () => undefined }),
      history: () => Promise.reject(refusals.unsupported()),
      find: () => Promise.reject(refusals.unsupported()),
    },
    area: {},
  }
}
