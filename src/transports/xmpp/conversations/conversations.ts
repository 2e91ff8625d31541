import type { ConversationsFacet } from '../../../core/ports'
import { refusals } from '../refusals'
import type { Area } from '../wire/wire'

/** The list of conversations. */
export function createConversations(): { readonly facet: ConversationsFacet; readonly area: Area } {
  return {
    facet: {
      list: () => Promise.reject(refusals.unsupported()),
      open: () => Promise.reject(refusals.unsupported()),
    },
    area: {},
  }
}
