import type { World } from 'vue-parley/transports/embedded'

/** The first day: Alice is there, and nobody and nothing else. */
export const emptyWorld: World = {
  people: [{ id: 'alice', name: 'Alice Martin' }],
  friendships: [],
  groups: [],
  conversations: [],
}
