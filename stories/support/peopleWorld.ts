import type { World } from 'vue-parley/transports/embedded'
import type { Stage } from './stage'
import { STORY_NOW } from './storyWorld'

const HOUR = 3_600_000

const friends: World['people'] = [
  { id: 'bob', name: 'Bob Tanaka', signature: 'Out on the trail, back by four' },
  { id: 'linyue', name: '林悦', signature: '设计即沟通' },
  { id: 'yasmin', name: 'ياسمين سعيد', signature: 'القهوة أولا' },
  { id: 'zengke', name: '曾可' },
  { id: 'shan', name: '单雄信', signature: '山高路远' },
  { id: 'ouyang', name: '欧阳明' },
  { id: 'amara', name: 'Amara Okafor', signature: 'Research lead. I have a question about your question.' },
  { id: 'emile', name: 'Émile Zola' },
  { id: 'ines', name: 'Inês Duarte' },
  { id: 'kral', name: 'Tomáš Král' },
  { id: 'maya', name: 'Maya Okafor' },
  { id: 'pelle', name: 'Pelle Öberg' },
  { id: 'qiu', name: '仇英' },
  { id: 'number', name: '42nd Street' },
]

/** Alice with friends of many alphabets, strangers, and requests in both directions. */
export const peopleWorld: World = {
  people: [
    { id: 'alice', name: 'Alice Martin', signature: 'Tea first, then tokens.', gender: 'female' },
    ...friends,
    { id: 'kwame', name: 'Kwame Mensah', signature: 'Tenor section, second row' },
    { id: 'b0b', name: 'bob tanaka' },
    { id: 'zhaolei', name: '赵磊' },
    { id: 'hermit', name: 'The Hermit', addMode: 'closed' },
    { id: 'open', name: 'Open Door', addMode: 'free' },
  ],
  friendships: friends.map(({ id }) => ['alice', id] as const),
  friendRequests: [
    {
      fromId: 'kwame',
      toId: 'alice',
      askedAt: STORY_NOW - 3 * HOUR,
      wording: 'We met at the design meetup. Coffee some day?',
      source: 'AddSource_Type_search',
    },
    { fromId: 'b0b', toId: 'alice', askedAt: STORY_NOW - 26 * HOUR, wording: 'New phone, add me again' },
    { fromId: 'alice', toId: 'zhaolei', askedAt: STORY_NOW - 5 * HOUR, wording: '你好，我是 Alice' },
  ],
  groups: [],
  conversations: [
    {
      between: ['alice', 'bob'],
      messages: [
        {
          senderId: 'bob',
          sentAt: STORY_NOW - HOUR,
          parts: [{ kind: 'text', text: 'Seven at the bridge?' }],
        },
      ],
    },
  ],
}

/** Alice has given names and groups, and has blocked somebody. */
export async function fileFriends({ kit }: Stage): Promise<void> {
  const filed = [
    { userId: 'bob', remark: 'Bobby', folders: ['Trail', '家人'] },
    { userId: 'linyue', folders: ['Work'] },
    { userId: 'zengke', remark: '曾老师' },
    { userId: 'maya', folders: ['Work'] },
  ]
  for (const patch of filed) await kit.dispatch({ type: 'updateContact', patch })
  await kit.dispatch({ type: 'setBlocked', userIds: ['hermit'], isBlocked: true })
}
