import type { Part } from 'vue-parley/core'
import type { World, WorldMessage } from 'vue-parley/transports/embedded'

/** When every story plays, so that its labels stay the same. */
export const STORY_NOW = Date.UTC(2026, 10, 20, 9, 30)

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function text(senderId: string, minutesAgo: number, words: string): WorldMessage {
  return parts(senderId, minutesAgo, [{ kind: 'text', text: words }])
}

function parts(senderId: string, minutesAgo: number, content: readonly Part[]): WorldMessage {
  return { senderId, sentAt: STORY_NOW - minutesAgo * MINUTE, parts: content }
}

const picture = (n: number, width: number, height: number): Part => ({
  kind: 'image',
  file: { at: 'remote', key: `picture:${n}`, name: `picture-${n}.png`, mime: 'image/png' },
  width,
  height,
})

/** A small population that shows every state a message and a row can be in. */
export const storyWorld: World = {
  people: [
    { id: 'alice', name: 'Alice Martin', signature: 'Tea first, then tokens.' },
    { id: 'bob', name: 'Bob Tanaka', signature: 'Out on the trail, back by four' },
    { id: 'linyue', name: '林悦', signature: '设计即沟通' },
    { id: 'yasmin', name: 'ياسمين سعيد', signature: 'القهوة أولا' },
    { id: 'long', name: 'Maximiliana Featherstonehaugh-Wolfeschlegelsteinhausen' },
    { id: 'sly', name: 'abc\u202egpj.exe' },
  ],
  friendships: [
    ['alice', 'bob'],
    ['alice', 'linyue'],
  ],
  groups: [
    {
      id: 'review',
      type: 'work',
      name: '设计评审 · Design review',
      intro: 'Everything that people see.',
      announcement: '周五 16:00 走查深色主题。Bring your phone.',
      joining: 'closed',
      createdAt: STORY_NOW - 40 * DAY,
      members: [
        { userId: 'alice', role: 'owner' },
        { userId: 'linyue', role: 'admin' },
        { userId: 'bob', role: 'member' },
        { userId: 'yasmin', role: 'member' },
        { userId: 'long', role: 'member' },
      ],
    },
  ],
  conversations: [
    {
      between: ['alice', 'bob'],
      messages: [
        text('bob', 2 * 24 * 60, 'Did the parcel arrive?'),
        text('alice', 2 * 24 * 60 - 3, 'It did, thank you!'),
        text('bob', 60, 'Here is the trail from this morning.'),
        parts('bob', 59, [picture(3, 480, 300), { kind: 'text', text: 'Fog until nine, then this.' }]),
        text('alice', 40, 'Beautiful. 明天一起去？'),
        text('alice', 39, '👍🏽'),
        text('bob', 12, 'Yes! Seven at the bridge.'),
      ],
    },
    {
      groupId: 'review',
      messages: [
        text('linyue', 24 * 60 + 30, '第三版的气泡间距可以再收 2px，行高保持 1.45。'),
        text('bob', 24 * 60 + 20, 'Agreed. The composer stays above the keyboard now, even in landscape.'),
        text('bob', 24 * 60 + 19, 'Notes are in the usual place.'),
        text('alice', 24 * 60 + 10, 'Looks calm. I would keep it.'),
        text('yasmin', 30, 'شكرا جزيلا، نلتقي غدا الساعة الرابعة'),
        text('linyue', 8, '@Alice Martin 深色主题也过一遍吧'),
        text('bob', 5, 'Screens are up.'),
      ],
      readCounts: { alice: 4 },
    },
    {
      between: ['alice', 'linyue'],
      messages: [text('linyue', 3 * 24 * 60, '收到，我现在改。')],
      readCounts: { alice: 0 },
    },
    {
      between: ['alice', 'yasmin'],
      messages: [text('yasmin', 26 * 60, 'صباح الخير! هل وصلت الصور؟')],
    },
    {
      between: ['alice', 'long'],
      messages: [
        text('long', 9 * 24 * 60, `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4)} is one word.`),
      ],
    },
    {
      between: ['alice', 'sly'],
      messages: [
        text('sly', 500, '<b>not bold</b> <img src=x onerror=alert(1)> &lt;b&gt; "quotes" \'too\''),
        parts('sly', 499, [{ kind: 'location', latitude: 31.2, longitude: 121.5, label: 'The bridge' }]),
        parts('sly', 498, [{ kind: 'unsupported', wireKind: 'hologram', fallback: 'A hologram' }]),
        text('alice', 497, 'first line\n  second line, indented\n\nfourth'),
        parts('alice', 496, [{ kind: 'face', key: 'dancing-panda' }]),
        text('sly', 495, '🎉🎉'),
        text('sly', 494, '你好 hello مرحبا 12:30 — mixed in one line'),
      ],
    },
  ],
}
