import type { DirectPlan } from './plan'

const ALICE_AND_BOB = `
alice: Morning! Did you survive the offsite?
bob: Barely. I have a new respect for people who can give feedback before breakfast
alice: You did volunteer
bob: I volunteered for *coffee*
alice: 😂
bob: How is the new flat?
alice: Bright. Empty. I own one chair and nine plants
bob: So, furnished.
--- 2
bob: Do you still have the link to that colour article?
alice: This one? https://design.example.com/notes/colour-that-behaves
bob: Yes! Thank you. It's the only one that doesn't say “just use your eyes”
alice: My eyes are fine, my monitor is the liar
bob: I'm stealing that
alice: 请便 (did I write that right?)
bob: 完全正确 👏 林悦 would be proud
alice: She made me practise with a cooking show
--- 1
alice: !0 Evening walk. No filter, I promise
bob: Wow. Where is that?
alice: The old harbour, twenty minutes by tram. The ice cream place is open again
bob: You should have led with the ice cream
alice: Salted pistachio. I had two. For science.
bob: Peer review on Saturday?
alice: Deal. After the run, so it doesn't count
--- 1
bob: About Saturday: 9:00 at the bridge, and the slow group is really slow this time
alice: How slow is really slow?
bob: Amara brings her dog and the dog decides
alice: My kind of pace 🐕
bob: I'll bring bananas
alice: And I bring the good mood, which is heavier than it sounds
bob: 加油!
--- 2
alice: I tried your dumpling recipe
bob: And?
alice: They look like small accidents but taste great
bob: Mine looked like that for two years. My grandmother called them “modern”
alice: Haha, I'll put that on the menu: modern dumplings
bob: Next time fold first, fill less. 少放一点馅
alice: 少放一点馅, noted. The pan forgives, the fold does not
bob: That's nearly a proverb
--- 1
bob: Can you check one thing before the demo? The empty inbox, second frame:¶https://preview-12.example.dev/inbox?theme=moss
alice: Looking
alice: The drawing is lovely. The sentence under it is a bit sad though: “You have no messages.”
bob: It is a bit sad, isn't it
alice: What about “All quiet. Enjoy it.”
bob: Much better. 简单,温暖. Changed!
alice: Two words of Chinese in one message, I'm impressed by both of us
bob: The demo starts now, wish me luck
alice: 🍀🍀🍀
bob: They clapped at the empty inbox. CLAPPED.
alice: I told you, silence sells
---
alice: Hi hi ☀️ Are we still on for lunch tomorrow?
bob: Yes! 12:30, the noodle place with the wobbly table?
alice: Our table.
bob: I'll bring a folded napkin for the leg. Engineering.
alice: And the book for Amara, please, it has been in your bag since spring
bob: It likes it there
bob: Also, tiny favour: could you look at the picture captions in the gallery later? I think they want a bit more air
alice: With pleasure. Send me the link tomorrow, otherwise I'll start now and forget to eat
bob: 好的,明天见!
alice: 明天见 👋
`

/** Every conversation between two people. */
export const DIRECTS: readonly DirectPlan[] = [
  { between: ['alice', 'bob'], ageMinutes: 12, script: ALICE_AND_BOB },
  {
    between: ['alice', 'linyue'],
    ageMinutes: 47,
    unread: { alice: 3, linyue: 0 },
    script: `
    alice: 林悦,你好!Can I practise again?
    linyue: 当然!今天聊什么?
    alice: 天气?今天…下雨,可是我很开心
    linyue: 很好!“可是”用得很自然 👏
    alice: I looked up three words for that sentence
    linyue: 那也算!慢慢来
    --- 3
    linyue: 周末要不要一起去花市?
    alice: 花市 = flower market? YES
    linyue: 对!早上八点,人少,花多
    alice: 八点… is early, but for flowers, 没问题
    --- 2
    linyue: !9 给你看,就是这个颜色!
    alice: 太美了!I want all of them
    linyue: 你家已经有九盆了吧
    alice: 十盆。Don't tell Bob
    ---
    linyue: 我帮你留了一盆薄荷
    linyue: It smells like summer, 你会喜欢的
    linyue: 晚上给你送过去?🌿`,
  },
  {
    between: ['alice', 'chenchen'],
    ageMinutes: 60 * 26,
    script: `
    chenchen: Alice,图标导出的尺寸是 24 还是 20?
    alice: 24, with 2 px of air inside
    chenchen: 好,那我把 20 的都删了
    alice: Please keep one for the museum
    chenchen: 哈哈,已入库 🏛️
    --- 4
    alice: Is the meeting room booked tomorrow?
    chenchen: 订了,靠窗那间,我还带了投影转接头
    alice: You are the adult in this company
    chenchen: 只是上次被坑过 😅`,
  },
  {
    between: ['alice', 'layla'],
    ageMinutes: 60 * 5,
    unread: { alice: 1, layla: 0 },
    script: `
    layla: صباح الخير Alice! The Arabic strings are ready
    alice: That was fast! صباح النور (I asked a friend)
    layla: ممتاز! Your friend has good taste
    layla: One question: “draft”, is it a document or the wind?
    alice: A message that isn't sent yet. No wind.
    layla: Then «مسودة». Much better than what I had
    --- 6
    alice: The mirrored arrows look perfect, thank you
    layla: !6 View from my parents' balcony this week. I may not come back
    alice: I wouldn't come back either
    --- 1
    alice: Will you be online for the review on Thursday?
    layla: نعم، with mint tea and opinions`,
  },
  {
    between: ['alice', 'hugo'],
    ageMinutes: 60 * 52,
    hours: [17, 21],
    script: `
    hugo: did you call mum
    alice: Did YOU call mum?
    hugo: I asked first
    alice: She'll be happy about either of us
    hugo: she sent me a photo of a potato that looks like dad
    alice: It really does
    hugo: the eyebrows!!
    --- 8
    hugo: can I borrow the big suitcase
    alice: The one you returned with sand in it? Twice?
    hugo: think of it as a souvenir
    alice: You may. Vacuum first
    hugo: best sister
    alice: Only sister
    hugo: still counts`,
  },
  {
    between: ['alice', 'amara'],
    ageMinutes: 60 * 24 * 6,
    script: `
    amara: I have eleven hours of interviews and one conclusion
    alice: Which is?
    amara: People love undo. More than features. More than cake.
    alice: Then let's give them undo with cake
    amara: Putting it on slide one 🍰
    alice: Can I join the next session? I'll be quiet as a plant
    amara: Tuesday at 10. The last “quiet plant” asked four questions
    alice: I was photosynthesising`,
  },
  {
    between: ['bob', 'hana'],
    ageMinutes: 60 * 3,
    hours: [18, 22],
    unread: { bob: 2, hana: 0 },
    script: `
    hana: the dog ate your birthday present
    bob: what was it
    hana: a dog cookbook
    bob: so he was just taking it literally
    hana: he is very full of knowledge now
    --- 5
    bob: Are you coming on the 14th?
    hana: yes, with dog and without luggage, or the other way round
    hana: depends on the train
    ---
    bob: I made grandma's dumplings for friends
    hana: did they look modern
    bob: extremely
    hana: proud of you
    hana: !4 greetings from the lake. he swam. I didn't.`,
  },
  {
    between: ['bob', 'kwame'],
    ageMinutes: 60 * 24 * 3,
    hours: [18, 21],
    script: `
    kwame: Rehearsal moves to Wednesday, the hall has a boxing match
    bob: Same noise, better footwork
    kwame: Bring the slow piece, the one on page 12
    bob: Page 12 has a coffee stain exactly where my entry is
    kwame: Then sing the stain, nobody will notice
    bob: Conductor's ears of doom will notice
    kwame: True 😂 see you Wednesday`,
  },
  {
    between: ['bob', 'omar'],
    ageMinutes: 60 * 24 * 11,
    script: `
    omar: السلام عليكم Bob, the date bug is back
    bob: Which one? We have a collection
    omar: The week starts on Saturday for my users, on Monday for yours
    bob: And on Sunday for some others. Time is a flat circle
    omar: Then let me choose where to start walking it
    bob: 😂 Setting it by region, in the next release
    omar: شكرًا! I'll bring good coffee
    bob: Cardamom?
    omar: طبعًا ☕`,
  },
  {
    between: ['bob', 'zhaolei'],
    ageMinutes: 60 * 24 * 2 + 90,
    script: `
    zhaolei: 那个偶现的问题我复现了!
    bob: 真的?How?!
    zhaolei: 快速切换三个会话,同时拔网线,再插上
    bob: Who does that?
    zhaolei: 测试。还有我妈
    bob: Respect to your mum. 我来修
    zhaolei: 日志发你了,第 214 行开始精彩
    bob: Line 214… oh. Oh no. Two timers.
    zhaolei: 两个定时器打架,常见剧情
    bob: 修好了,try again?
    zhaolei: 拔了二十次网线,稳 ✅`,
  },
  {
    between: ['linyue', 'wangyutong'],
    ageMinutes: 200,
    script: `
    wangyutong: 猫又把需求文档踩了一遍
    linyue: 改好了吗?
    wangyutong: 它删了第三节,我觉得它是对的
    linyue: 给它转正吧 🐈
    wangyutong: 已经是产品总监了`,
  },
  {
    between: ['layla', 'omar'],
    ageMinutes: 60 * 24 * 4,
    script: `
    layla: هل وصلت إلى البيت؟
    omar: نعم، الحمد لله. الطريق كان مزدحمًا كالعادة
    layla: أرسلت لك الملف، راجعه عندما ترتاح
    omar: سأراجعه غدًا صباحًا مع القهوة
    layla: لا تنسَ الصفحة الأخيرة، فيها المفاجأة
    omar: الآن لن أنام 😄`,
  },
]
