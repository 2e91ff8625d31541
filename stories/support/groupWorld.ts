import type { World } from 'vue-parley/transports/embedded'
import { STORY_NOW, storyWorld } from './storyWorld'

const DAY = 24 * 60 * 60_000

/** The world of the stories, with a public group that alice owns and bob helps to run. */
export const groupWorld: World = {
  ...storyWorld,
  groups: [
    ...storyWorld.groups,
    {
      id: 'trail',
      type: 'public',
      name: 'Trail mates · 山友',
      intro: 'Early starts, slow ascents.',
      announcement: '周六七点，桥头见。Bring a headlamp.',
      joining: 'approval',
      createdAt: STORY_NOW - 20 * DAY,
      members: [
        { userId: 'alice', role: 'owner' },
        { userId: 'bob', role: 'admin' },
        { userId: 'yasmin', role: 'member', nameCard: 'Yasmin' },
        { userId: 'long', role: 'member' },
      ],
    },
  ],
}
