import type { Part } from 'vue-parley/core'
import type { World, WorldMessage } from 'vue-parley/transports/embedded'
import { STORY_NOW } from './storyWorld'

const MINUTE = 60_000

function message(
  senderId: string,
  minutesAgo: number,
  parts: readonly Part[],
  mentioned?: readonly string[],
): WorldMessage {
  return {
    senderId,
    sentAt: STORY_NOW - minutesAgo * MINUTE,
    parts,
    ...(mentioned && { mentions: { userIds: mentioned, isAll: false } }),
  }
}

const text = (senderId: string, minutesAgo: number, words: string, mentioned?: readonly string[]) =>
  message(senderId, minutesAgo, [{ kind: 'text', text: words }], mentioned)

/** A garden club whose texts hold everything a text may hold. */
export const textWorld: World = {
  people: [
    { id: 'alice', name: 'Alice Martin' },
    { id: 'bob', name: 'Bob Tanaka' },
    { id: 'linyue', name: '林悦' },
    { id: 'yasmin', name: 'ياسمين سعيد' },
    { id: 'eve', name: 'Eve' },
  ],
  friendships: [['alice', 'bob']],
  groups: [
    {
      id: 'garden',
      type: 'public',
      name: 'Garden club · 园艺社',
      joining: 'closed',
      createdAt: STORY_NOW - 86_400_000,
      members: ['alice', 'bob', 'linyue', 'yasmin'].map((userId) => ({ userId, role: 'member' as const })),
    },
  ],
  conversations: [
    {
      groupId: 'garden',
      messages: [
        text(
          'bob',
          60,
          'The plan is on https://garden.example/plan?year=2027#beds (ask bob@garden.example for the rest).',
        ),
        text('linyue', 58, '看这里https://garden.example/种子，周五前都可以改。'),
        text('linyue', 50, '@Alice Martin 你来写公告好吗？@Bob Tanaka 负责工具[微笑]', ['alice', 'bob']),
        text('alice', 45, 'Gladly! @林悦 please send me the list [smile] 🌱🌻', ['linyue']),
        text('yasmin', 40, 'شكرا @Alice Martin، الخطة على https://garden.example/ar جميلة', ['alice']),
        text('bob', 30, 'Careful: https://аррӏе.com is not who you think. [sad]'),
        message('bob', 20, [{ kind: 'face', key: 'smile', index: 1 }]),
        message('linyue', 12, [{ kind: 'face', key: 'dancing-panda' }]),
        text('alice', 5, '🌻🌻🌻'),
      ],
    },
    {
      between: ['alice', 'bob'],
      messages: [
        text(
          'bob',
          9,
          'Water the beds in the morning, while the soil is cool. 早上浇水，中午休息。'.repeat(140),
        ),
      ],
    },
    {
      between: ['alice', 'eve'],
      messages: [
        message('eve', 8, [
          {
            kind: 'image',
            file: { at: 'remote', key: 'picture:3', name: 'picture-3.png', mime: 'image/png' },
            width: 480,
            height: 300,
          },
        ]),
        text('eve', 7, 'You have won! https://аррӏе.com/prize or tel:+1-555-0100'),
      ],
    },
  ],
}
