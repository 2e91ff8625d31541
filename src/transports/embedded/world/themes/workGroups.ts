import { lunch, onCall, support } from './groupScenes'
import type { GroupPlan } from './plan'

/** The groups of the office. */
export const WORK_GROUPS: readonly GroupPlan[] = [
  {
    id: 'design-review',
    type: 'work',
    name: '设计评审 · Design review',
    isDesignReview: true,
    hours: [7.5, 10],
    ageMinutes: 26,
    intro: 'Screens, words and pixels. Be kind, be concrete, bring a screenshot.',
    announcement:
      '评审每周四 14:00。稿子提前一天发,谢谢!\nReview every Thursday 14:00. Please share files one day before.',
    members: [
      'alice',
      'bob',
      'linyue',
      'chenchen',
      'zhaolei',
      'sunqi',
      'wangyutong',
      'layla',
      'omar',
      'amara',
      'emma',
      'luca',
    ],
    admins: ['linyue', 'bob'],
    nameCards: { emma: 'Emma (a11y)', zhaolei: '赵磊-前端' },
    script: `
    alice: Hello everybody! Last round before the release: the photo captions. File: https://design.example.com/review/captions-v4
    luca: Opening it with a fresh coffee, so be gentle with me
    chenchen: 我看了,图片和文字之间是不是太挤?
    alice: @bob said the same. How much would you add?
    bob: 4 px more above, nothing below. The caption should hold on to its picture
    linyue: 同意,文字要“抱住”图片,不要悬在中间
    emma: And please keep the caption as real text, not inside the image. I will check it with a screen reader after this
    alice: It is real text, promise 🤝
    layla: بالعربية يبدو جميلًا أيضًا، فقط تأكدوا من اتجاه الأيقونة
    alice: شكرًا ليلى! I'll mirror the icon and leave the clock alone
    zhaolei: 我把 <figure> 和 <figcaption> 的结构也理了一下,比以前那堆 <div> 清楚
    bob: Beautiful. My favourite kind of diff: +12 −48
    luca: !0 With the new spacing, on my phone, against the light
    sunqi: 好看!这张可以直接当发布图
    wangyutong: 那我一会儿发预告?
    alice: 可以! After the last check
    amara: Quick data point: 6 of 7 people read the caption first and the picture second. Words matter, friends
    linyue: 所以文案再读一遍,我来 🙋‍♀️
    bob: To sum up:¶- caption: 4 px more above¶- icon mirrored for Arabic¶- text stays text¶- 林悦 reads every word once more
    omar: ممتاز، أنا جاهز للاختبار الأخير
    alice: Thank you all. This is the calmest release I can remember 🌿
    chenchen: 别立 flag 😂`,
  },
  {
    id: 'on-call',
    type: 'work',
    name: 'On-call 值班 🔥',
    ageMinutes: 95,
    scenes: { ...onCall, count: 90 },
    hours: [0, 20],
    intro: 'If it burns, say so here first.',
    members: ['sofia', 'bob', 'zhaolei', 'chenchen', 'alice', 'tom', 'omar'],
    unread: { alice: 5, bob: 2 },
    script: `
    sofia: Planned: history-store gets more memory at 14:00, two minutes of read-only
    alice: Thanks for telling us, I'll move the user test to three
    zhaolei: 我在旁边看着
    sofia: Starting
    sofia: Done. 94 seconds. I was holding my breath for all of them
    zhaolei: 曲线漂亮得像画的
    tom: Framing that graph`,
  },
  {
    id: 'release-notes',
    type: 'public',
    name: 'Release notes 📣',
    joining: 'free',
    ageMinutes: 60 * 4,
    intro: 'What changed, in words that people use.',
    members: ['wangyutong', 'bob', 'alice', 'linyue', 'tom', 'emma', 'sunqi', 'sofia'],
    admins: ['bob'],
    unread: { alice: 1, bob: 1 },
    script: `
    wangyutong: 4.6 is out 🎉¶- You can undo a sent message for two minutes¶- Pictures load small first, then sharp¶- 修复:深色模式下的白色闪烁
    tom: Support says thank you for the second one, from the heart
    --- 9
    wangyutong: 4.7 · 小版本¶- 草稿不再丢失,换设备也在¶- Arabic: arrows point where they should¶- Long names no longer push the clock out of the room
    linyue: “推出房间”这个说法我喜欢 😂
    bob: I fixed that one, it was a very polite clock
    --- 13
    alice: Draft for 4.8, words only, please complain:¶1. Find a message by date¶2. Quieter sounds¶3. One thousand small things
    sunqi: 第三条很真实
    emma: Could we say “easier to use with a keyboard”? Because it is
    alice: Added, with pride
    ---
    wangyutong: @all 4.8 is out! 感谢每一位,尤其是周五晚上还在的各位 💚 Full list: https://example.com/releases/4.8`,
  },
  {
    id: 'lunch',
    type: 'meeting',
    name: '今天吃什么?🍜',
    joining: 'free',
    ageMinutes: 60 * 24 + 160,
    scenes: { ...lunch, count: 84 },
    hours: [10.5, 12],
    members: ['chenchen', 'alice', 'bob', 'linyue', 'zhaolei', 'sunqi', 'wangyutong', 'luca'],
    script: `
    chenchen: 明天周会后聚餐,投票:1 火锅 2 烤鱼 3 面
    bob: 3, the wobbly table is calling
    luca: 1! Hot pot! I have trained for this
    alice: 1, but next to Luca's side of the pot, please not in it
    linyue: 鸳鸯锅,大家都活着回来
    chenchen: 好,火锅,六点半 🍲`,
  },
  {
    id: 'support',
    type: 'work',
    name: 'Support · tier 2',
    ageMinutes: 60 * 9,
    scenes: { ...support, count: 60 },
    members: ['tom', 'bob', 'sofia', 'emma', 'sunqi', 'kwame'],
    unread: { bob: 2 },
    script: `
    tom: A customer writes: “The app says typing… but my friend is asleep.” Ideas?
    bob: Their friend's cat. No, seriously: the tablet was left open with a draft
    tom: I asked. It was the cat.
    emma: I'm never deleting this chat
    sofia: Adding “cat” as a root cause in the ticket form 🐈`,
  },
  {
    id: 'offsite',
    type: 'meeting',
    name: 'Offsite: two days, one lake, no slides',
    ageMinutes: 60 * 24 * 5,
    members: ['amara', 'alice', 'bob', 'linyue', 'emma', 'luca', 'omar', 'wangyutong'],
    script: `
    amara: Agenda for day one:¶09:30 arrive, coffee¶10:30 what we are proud of¶12:00 lunch by the lake¶14:00 what we avoid talking about¶17:00 swim (optional, character-building)
    luca: Is the water warm?
    amara: It is wet
    linyue: 我带了泳衣和勇气,只会用到一个
    omar: سأحضر القهوة العربية للجميع ☕
    emma: Is there a step-free way from the station?
    amara: Yes, checked it myself, and the room has good acoustics
    alice: I'll bring paper, pens and the tiny bell
    bob: Not the tiny bell
    alice: The tiny bell, Bob.
    --- 2
    wangyutong: !4 大家,这就是早餐的景色
    bob: Fine. I forgive the bell
    amara: Thank you all. The list of things we avoid is now a list of things we do. 🫶`,
  },
  {
    id: 'hiring',
    type: 'work',
    name: 'Hiring panel (quiet please)',
    ageMinutes: 60 * 24 * 8,
    members: ['amara', 'emma', 'linyue', 'sofia'],
    script: `
    amara: Two conversations on Tuesday. Please read the portfolios, not the hobbies
    emma: One hobby is “competitive birdwatching”. I have questions
    sofia: How does one lose at birdwatching
    linyue: 鸟先看到你
    amara: 😂 OK, hobbies allowed for two minutes`,
  },
]
