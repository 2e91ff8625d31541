import type { UserId } from '../../../model'
import type { WorldPerson } from './world'

/** A person and how the others see them: the short name they answer to and the languages they write. */
interface Resident extends WorldPerson {
  readonly callName: string
  readonly languages: readonly string[]
}

const RESIDENTS: readonly Resident[] = [
  {
    id: 'alice',
    name: 'Alice Martin',
    callName: 'Alice',
    gender: 'female',
    languages: ['en'],
    signature: 'Design, tea, 5k on Sundays 🌿',
  },
  {
    id: 'bob',
    name: 'Bob Tanaka',
    callName: 'Bob',
    gender: 'male',
    languages: ['en'],
    signature: 'Front-end. Will refactor for dumplings.',
  },
  {
    id: 'linyue',
    name: '林悦',
    callName: '林悦',
    gender: 'female',
    languages: ['zh', 'en'],
    signature: '慢慢来,比较快',
  },
  {
    id: 'chenchen',
    name: '陈晨',
    callName: '陈晨',
    gender: 'male',
    languages: ['zh', 'en'],
    signature: '今天也要按时下班 ☕',
  },
  {
    id: 'zhaolei',
    name: '赵磊',
    callName: '赵磊',
    gender: 'male',
    languages: ['zh'],
    signature: '能复现的 bug 都不算 bug',
  },
  {
    id: 'sunqi',
    name: '孙琪',
    callName: '孙琪',
    gender: 'female',
    languages: ['zh'],
    signature: '测试使我快乐,上线使我清醒',
  },
  {
    id: 'wangyutong',
    name: '王雨桐',
    callName: '雨桐',
    gender: 'female',
    languages: ['zh', 'en'],
    signature: '产品 | 两只猫的管家 🐈🐈‍⬛',
  },
  {
    id: 'layla',
    name: 'ليلى حداد',
    callName: 'ليلى',
    gender: 'female',
    languages: ['ar', 'en'],
    signature: 'من اليمين إلى اليسار، دائمًا',
  },
  {
    id: 'omar',
    name: 'عمر السيد',
    callName: 'عمر',
    gender: 'male',
    languages: ['ar', 'en'],
    signature: 'قهوة أولًا، ثم نتفاهم',
  },
  {
    id: 'amara',
    name: 'Amara Okafor',
    callName: 'Amara',
    gender: 'female',
    languages: ['en'],
    signature: 'Research lead. I have a question about your question.',
  },
  {
    id: 'emma',
    name: 'Emma Lindqvist',
    callName: 'Emma',
    gender: 'female',
    languages: ['en'],
    signature: 'Accessibility is a feature, not a favour',
  },
  {
    id: 'luca',
    name: 'Luca Moretti',
    callName: 'Luca',
    gender: 'male',
    languages: ['en'],
    signature: 'motion & icons · ciao ciao',
  },
  {
    id: 'kwame',
    name: 'Kwame Mensah',
    callName: 'Kwame',
    gender: 'male',
    languages: ['en'],
    signature: 'Tenor section, second row, slightly flat',
  },
  {
    id: 'sofia',
    name: 'Sofía Ramos',
    callName: 'Sofía',
    gender: 'female',
    languages: ['en'],
    signature: 'On-call until Thursday. Be gentle.',
  },
  { id: 'tom', name: 'Tom Whitfield', callName: 'Tom', gender: 'male', languages: ['en'] },
  {
    id: 'yuki',
    name: '佐藤ゆき',
    callName: 'Yuki',
    gender: 'other',
    languages: ['en'],
    signature: '写真と散歩 📷',
  },
  {
    id: 'hugo',
    name: 'Hugo Martin',
    callName: 'Hugo',
    gender: 'male',
    languages: ['en'],
    signature: 'the younger, funnier Martin',
  },
  {
    id: 'claire',
    name: 'Claire Martin',
    callName: 'Mum',
    gender: 'female',
    languages: ['en'],
    signature: 'I do know how to use the camera now',
  },
  {
    id: 'hana',
    name: 'Hana Tanaka',
    callName: 'Hana',
    gender: 'female',
    languages: ['en'],
    signature: 'big sister, bigger dog 🐕',
  },
  {
    id: 'zhoumei',
    name: '周阿姨',
    callName: '周阿姨',
    gender: 'female',
    languages: ['zh'],
    signature: '4号楼楼长,有事您说话',
  },
]

const BY_ID = new Map(RESIDENTS.map((resident) => [resident.id, resident]))
/** Pairs who have never met; everybody else knows everybody. */
const STRANGERS: readonly (readonly [UserId, readonly UserId[]])[] = [
  ['alice', ['kwame', 'hana', 'zhaolei']],
  ['bob', ['claire', 'hugo', 'zhoumei', 'sunqi']],
  [
    'claire',
    [
      'zhaolei',
      'sunqi',
      'omar',
      'layla',
      'kwame',
      'sofia',
      'yuki',
      'hana',
      'luca',
      'chenchen',
      'amara',
      'wangyutong',
    ],
  ],
  ['zhoumei', ['omar', 'layla', 'kwame', 'sofia', 'hana', 'luca', 'hugo', 'claire', 'emma', 'tom', 'amara']],
  ['hana', ['zhaolei', 'sunqi', 'layla', 'emma', 'hugo', 'wangyutong']],
]

/** Everybody, as the service shows them. */
export const PEOPLE: readonly WorldPerson[] = RESIDENTS.map(
  ({ callName: _callName, languages: _languages, ...person }) => person,
)

/** Who is a friend of whom, each pair once. */
export const FRIENDSHIPS: readonly (readonly [UserId, UserId])[] = RESIDENTS.flatMap((one, at) =>
  RESIDENTS.slice(at + 1)
    .filter((other) => !areStrangers(one.id, other.id))
    .map((other) => [one.id, other.id] as const),
)

/** Strangers who have asked, and how long ago. */
export const FRIEND_REQUESTS: readonly {
  readonly fromId: UserId
  readonly toId: UserId
  readonly hoursAgo: number
  readonly wording?: string
}[] = [
  { fromId: 'kwame', toId: 'alice', hoursAgo: 3, wording: 'We met at the design meetup. Coffee some day?' },
  { fromId: 'zhaolei', toId: 'alice', hoursAgo: 26, wording: '我是赵磊，一起改评审稿的' },
  { fromId: 'sunqi', toId: 'bob', hoursAgo: 8, wording: '你好，我是跑团的孙琪' },
]

/** The full name; undefined where nobody has this id. */
export function nameOf(userId: UserId): string | undefined {
  return BY_ID.get(userId)?.name
}

/** The name that friends use. */
export function callNameOf(userId: UserId): string {
  return BY_ID.get(userId)?.callName ?? userId
}

/** Whether somebody writes a language, by its two-letter code. */
export function speaks(userId: UserId, language: string): boolean {
  return BY_ID.get(userId)?.languages.includes(language) ?? false
}

function areStrangers(one: UserId, other: UserId): boolean {
  const hasListed = (from: UserId, to: UserId) =>
    STRANGERS.some(([id, ids]) => id === from && ids.includes(to))
  return hasListed(one, other) || hasListed(other, one)
}
