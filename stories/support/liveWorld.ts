import { h } from 'vue'
import type { VNode } from 'vue'
import type { World } from 'vue-parley/transports/embedded'
import { STORY_NOW, storyWorld } from './storyWorld'

const DAY = 24 * 60 * 60_000

/** The world of the stories, with two live rooms: bob is the host of one, alice of the other. */
export const liveWorld: World = {
  ...storyWorld,
  groups: [
    ...storyWorld.groups,
    {
      id: 'kitchen',
      type: 'live',
      name: 'Sunday kitchen · 周日厨房',
      announcement: 'Tonight: noodles by hand. 今晚做手擀面，配方在评论区。',
      joining: 'free',
      createdAt: STORY_NOW - DAY,
      members: [{ userId: 'bob', role: 'owner' }],
    },
    {
      id: 'studio',
      type: 'live',
      name: 'Open studio',
      joining: 'free',
      createdAt: STORY_NOW - DAY,
      members: [{ userId: 'alice', role: 'owner' }],
    },
  ],
}

/** What stands for the app's video: an evening sky over hills. */
export function fakeVideo(): VNode {
  return h(
    'svg',
    {
      viewBox: '0 0 90 160',
      preserveAspectRatio: 'xMidYMid slice',
      'aria-hidden': 'true',
      style: { inlineSize: '100%', blockSize: '100%', display: 'block' },
    },
    [
      h('defs', [
        h('linearGradient', { id: 'evening', x1: 0, x2: 0, y1: 0, y2: 1 }, [
          h('stop', { offset: 0, 'stop-color': '#28406b' }),
          h('stop', { offset: 0.55, 'stop-color': '#c97b63' }),
          h('stop', { offset: 1, 'stop-color': '#f2c27d' }),
        ]),
      ]),
      h('rect', { width: 90, height: 160, fill: 'url(#evening)' }),
      h('circle', { cx: 62, cy: 78, r: 9, fill: '#ffe3b0' }),
      h('path', { d: 'M0 104 18 84 34 100 52 80 74 102 90 88V160H0z', fill: '#3c4a5e' }),
      h('path', { d: 'M0 126 26 104 46 122 68 108 90 124V160H0z', fill: '#26313f' }),
    ],
  )
}
