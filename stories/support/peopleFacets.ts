import type { HostedFacets } from 'vue-parley'
import type { ContactsFacet, FriendRequest } from 'vue-parley/core'

/** Contacts that an app hosts; what a story does not say is nothing. */
export function hostedContacts(contacts: Partial<ContactsFacet>): () => HostedFacets {
  return () => ({
    contacts: {
      list: async () => ({ items: [] }),
      requests: async () => ({ items: [] }),
      ask: async () => 'pending',
      answer: async () => {},
      remove: async (ids) => ({ done: ids, pending: [], failed: [] }),
      ...contacts,
    },
  })
}

/** Requests as an app's own server tells them. */
export function hostedRequests(...items: readonly FriendRequest[]): () => HostedFacets {
  return hostedContacts({ requests: async () => ({ items }) })
}
