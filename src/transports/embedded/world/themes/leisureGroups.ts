import { plants, running } from './groupScenes'
import type { GroupPlan } from './plan'

/** The groups of friends, families and neighbours. */
export const LEISURE_GROUPS: readonly GroupPlan[] = [
  {
    id: 'weekend-run',
    type: 'public',
    name: '周末跑步 🏃 Weekend run',
    joining: 'free',
    ageMinutes: 60 * 20,
    scenes: { ...running, count: 110 },
    hours: [6, 18],
    intro: 'All speeds. The dog decides.',
    members: ['amara', 'alice', 'bob', 'linyue', 'sofia', 'chenchen', 'tom', 'zhaolei'],
    unread: { alice: 28, bob: 4 },
    script: `
    alice: Saturday, 9:00, bridge. Who's in?
    bob: In, with bananas
    amara: In, with dog
    amara: He asks whether there will be ducks
    tom: There are always ducks
    sofia: I'm in if we promise not to talk about pace
    linyue: 我来!慢速组报名
    chenchen: 我可能迟到,但我会出现
    zhaolei: 我负责拍照,不负责跑
    tom: Rain is forecast for 9:15
    amara: The dog does not believe in forecasts
    sofia: 9:15 to when?
    tom: To “evening”
    linyue: 带雨衣就好,雨里跑步很舒服的
    chenchen: 说得好像你跑过
    linyue: 我跑过!从地铁到公司,两百米
    zhaolei: 那叫迟到
    sofia: 😂😂😂
    amara: Route: bridge, lock, poplars, back along the canal. 6 km, with a shortcut for the wise
    tom: I am very wise
    sofia: Is the café at the end open?
    amara: Yes, and they allow wet dogs
    bob: And wet designers?
    amara: Ask for the back room
    zhaolei: !2 提前踩点,早上的雾特别好看
    linyue: 哇,这也太美了
    sofia: OK now I want it to be Saturday
    tom: Wise people go to bed early on Friday. Telling myself, mostly
    chenchen: 闹钟定了三个
    linyue: 定五个
    sofia: Thanks for the route, Amara 🧡
    amara: Thank the dog
    tom: Thank you, dog
    chenchen: 谢谢狗狗 🐕
    zhaolei: 狗:汪`,
  },
  {
    id: 'martin-family',
    type: 'work',
    name: 'Family dinner 🍝',
    ageMinutes: 60 * 7,
    hours: [17, 20],
    unread: { alice: 2 },
    members: ['claire', 'alice', 'hugo'],
    script: `
    claire: Sunday at six. I am making the lasagne
    hugo: THE lasagne?
    claire: The lasagne, Hugo. There is only one
    alice: I'll bring salad and a plant
    claire: Darling, I have nowhere to put another plant
    alice: It's a small one
    claire: That is what you said about the lemon tree
    --- 7
    hugo: whoever took my container with the blue lid, I know where you live
    alice: We grew up in the same house
    hugo: that's how I know
    claire: It is in my freezer with your soup. You're welcome
    --- 4
    claire: !1 I took this myself from the hill. Portrait mode was off on purpose
    alice: Mum, that's beautiful!
    hugo: mum has entered her blue period
    ---
    claire: Sunday again? Same time, new dessert
    hugo: define new`,
  },
  {
    id: 'book-club',
    type: 'community',
    name: '读书会 📚 Book club',
    ageMinutes: 60 * 24 * 2 + 200,
    hours: [18, 21],
    members: ['emma', 'alice', 'bob', 'linyue', 'amara', 'yuki', 'wangyutong'],
    unread: { bob: 3 },
    intro: '一个月一本,读不完也欢迎。One book a month, no exam.',
    script: `
    emma: This month: the one about the lighthouse keeper who writes letters to nobody. Pages 1–120 by Thursday
    bob: I'm on page 14 and already emotionally unavailable
    linyue: 我看的中文版,第三章那封信译得真好
    yuki: The part with the boat… I had to put the book down and walk 🚶
    amara: Is nobody the sea? I think nobody is the sea
    alice: I thought nobody was his sister
    wangyutong: 我觉得“nobody”就是读者,也就是我们
    amara: Oh
    emma: Well. There goes my theory, and it was four pages long
    --- 6
    alice: Where do we meet, and who brings the biscuits?
    linyue: 我家,我做了桂花糕
    bob: Then I'll finish the book. For the cake.
    emma: Motivation is motivation
    yuki: !7 The cover of my edition looks a bit like this
    amara: Nobody lives there, clearly
    wangyutong: 😂 下个月我来选书,轻松一点的`,
  },
  {
    id: 'moving-flat',
    type: 'meeting',
    name: 'Moving flat, 14 boxes to go 📦',
    ageMinutes: 60 * 24 * 16,
    members: ['alice', 'hugo', 'linyue', 'tom', 'amara'],
    script: `
    alice: Van at 9 on Saturday. Boxes are labelled “kitchen”, “books” and “sorry”
    tom: What's in “sorry”?
    alice: More books
    hugo: I'll carry the plants, they don't talk back
    linyue: 我带绳子、胶带和早饭
    amara: I am strong and I cannot park. Use me accordingly
    --- 2
    alice: 14 boxes to go!
    hugo: it was 12 an hour ago
    alice: They multiply in the stairwell
    tom: Third floor, no lift, one sofa, many feelings
    linyue: 沙发卡在二楼拐角了……
    amara: Tilt it. No, the other tilt
    hugo: it lives there now
    alice: WE DID IT. Pizza is on the one table I own 🍕
    linyue: 新家真好看!阳光超好`,
  },
  {
    id: 'language-cafe',
    type: 'community',
    name: '中 · EN · عربي — language café ☕',
    joining: 'free',
    ageMinutes: 60 * 11,
    hours: [16, 20],
    members: ['layla', 'alice', 'bob', 'linyue', 'omar', 'chenchen', 'yuki', 'sofia'],
    admins: ['linyue'],
    unread: { alice: 4 },
    script: `
    layla: كلمة اليوم: «دفء» – warmth – 温暖
    linyue: 温暖 wēnnuǎn!中文也可以说“暖和”,说天气的时候
    bob: So a person is 温暖 and a jacket is 暖和?
    linyue: 完全正确!👏
    omar: وبالعربية: شخص دافئ ومعطف دافئ، الكلمة نفسها
    sofia: In my language the jacket gets its own word and the person gets a hug
    alice: How do I pronounce دفء? It ends in a small hiccup?
    layla: Exactly 😄 the hiccup is called hamza
    yuki: I practised with my cat. The cat left.
    --- 3
    chenchen: 今日一句:“船到桥头自然直”
    alice: The boat… arrives at the bridge… and straightens itself?
    chenchen: 对!意思是别担心,到时候会有办法
    omar: عندنا: «كل تأخيرة وفيها خيرة»
    layla: Every delay has something good in it. Perfect for software
    bob: I'm sending both to my manager
    --- 2
    sofia: Numbers today! I can count to ten in five languages and to eleven in none
    linyue: 十一就是“十”加“一”,shí yī,so easy!
    sofia: That is so elegant I'm offended
    alice: Wait until you hear eighty in French
    layla: أربعة عشرينات؟! أربعة مضروبة في عشرين؟
    omar: الرياضيات قبل القهوة، لا شكرًا
    yuki: 八十 is just eight tens. I rest my case
    linyue: 下次聊“家人的称呼”,请带纸和笔 😂`,
  },
  {
    id: 'game-night',
    type: 'public',
    name: 'Game night 🎲',
    ageMinutes: 60 * 24 * 9,
    hours: [19, 22],
    members: ['luca', 'alice', 'bob', 'sofia', 'yuki', 'hugo'],
    script: `
    luca: Friday, my place. The train game, the bean game, or the one where we all become liars?
    sofia: Liars!
    hugo: I never lie *lies*
    bob: I can explain the rules of the train game in 40 minutes
    alice: Liars it is
    yuki: I'll bring rice crackers and a straight face
    --- 2
    sofia: I still can't believe Alice was the baker
    alice: I told you on turn one that I smelled of bread
    luca: We thought it was a tactic
    bob: It was a confession
    hugo: Trust nobody who bakes`,
  },
  {
    id: 'lisbon',
    type: 'work',
    name: 'Lisbon in May ✈️',
    ageMinutes: 60 * 24 * 21,
    hours: [12, 20],
    members: ['sofia', 'alice', 'bob', 'amara', 'luca'],
    script: `
    sofia: Flights: leave Thursday 11:40, back Monday 19:05. Who books?
    alice: Me. Window or aisle, speak now
    bob: Window. I like to check the clouds
    luca: Aisle. I like to check the trolley
    amara: Whatever is next to nobody
    --- 3
    amara: Packing list:¶• shoes that like hills¶• shoes that pretend to¶• sun cream¶• one nice shirt (Luca: one, not nine)
    luca: I feel seen and judged
    --- 12
    bob: !10 Last evening. I'm not ready for Monday
    sofia: Nobody move, nobody fly
    alice: The tart count stands at 31. Between us. I think
    luca: 34. I have been living a lie`,
  },
  {
    id: 'thursday-football',
    type: 'public',
    name: 'كرة القدم يوم الخميس ⚽',
    joining: 'free',
    ageMinutes: 60 * 30,
    hours: [15, 19],
    members: ['omar', 'bob', 'kwame', 'tom', 'luca', 'layla'],
    unread: { bob: 1 },
    script: `
    omar: الخميس الساعة السابعة، من سيأتي؟
    layla: أنا! وسأحضر الماء
    kwame: In. Knee is 80 %, ego is 100 %
    bob: In. Which colour do we wear?
    omar: الأزرق ضد الأبيض، ومن ينسى يلعب حارسًا
    luca: That is how I became a goalkeeper
    tom: And a legend
    --- 7
    layla: خمسة مقابل خمسة! أجمل تعادل في التاريخ
    omar: ركلة Tom الأخيرة وصلت إلى القمر 😂
    tom: The moon was offside
    bob: My legs are filing a complaint
    kwame: Same time next week, gentlemen and Layla`,
  },
  {
    id: 'plants',
    type: 'community',
    name: '🌱 Plants anonymous',
    joining: 'free',
    ageMinutes: 60 * 15,
    scenes: { ...plants, count: 96 },
    hours: [8, 19],
    members: ['linyue', 'alice', 'emma', 'claire', 'wangyutong', 'zhoumei', 'yuki'],
    unread: { alice: 3 },
    script: `
    alice: Hello, my name is Alice and I have eleven plants
    linyue: Hello Alice 👋 昨天还是十盆
    emma: There is no judgement here. Only light and drainage
    wangyutong: 我的猫想加入,它只吃吊兰`,
  },
  {
    id: 'building-4',
    type: 'community',
    name: '4号楼邻居群',
    ageMinutes: 60 * 24 * 3 + 60,
    hours: [8, 20],
    members: ['zhoumei', 'alice', 'linyue', 'chenchen', 'sunqi', 'tom'],
    announcement: '周二上午停水(9:00–11:30),请提前接水。',
    script: `
    zhoumei: 各位邻居,周二上午停水,九点到十一点半,请提前接水
    linyue: 收到,谢谢周阿姨!
    alice: 收到!谢谢周阿姨 🙏
    zhoumei: Alice 的中文越来越好了!
    sunqi: 谁家的快递放在门口三天了,纸箱上画了只鸭子
    tom: The duck is mine! Sorry, 对不起
    zhoumei: 鸭子可爱,快递请拿走 😄
    --- 5
    chenchen: 电梯又停在三楼不动了
    zhoumei: 师傅已经在路上,大家先走楼梯,锻炼身体
    sunqi: 我住十一楼……
    zhoumei: 慢慢走,五楼我给你留了杯水
    sunqi: 周阿姨我爱你`,
  },
  {
    id: 'long-committee',
    type: 'community',
    name: 'The permanent temporary committee for the naming of meeting rooms, coffee machines and other things that already have a perfectly good name',
    ageMinutes: 60 * 24 * 13,
    members: ['luca', 'alice', 'bob', 'emma', 'chenchen', 'sofia'],
    unread: { bob: 2 },
    script: `
    luca: Item one: the small room. Candidates are “Pebble”, “Broom cupboard” and “302”
    emma: It is called 302. It is room 302
    luca: Noted as a minority view
    chenchen: 我投“鹅卵石”
    alice: Pebble is nice
    bob: Item two: the coffee machine. I propose “Kevin”
    sofia: Kevin is broken again
    bob: See? It already works as a sentence
    emma: I move that we rename the committee instead, it doesn't fit on my screen
    luca: Seconded, to be discussed in the sub-committee`,
  },
  {
    id: 'photo-walk',
    type: 'public',
    name: 'Photo walk 📷 扫街',
    joining: 'free',
    ageMinutes: 60 * 44,
    hours: [9, 19],
    members: ['yuki', 'alice', 'bob', 'linyue', 'luca', 'zhaolei'],
    script: `
    yuki: Theme of the week: “the last light”. One picture each, no collages
    luca: !3 From my roof. The neighbours think I'm a spy
    linyue: !8 放灯那天拍的,手有点抖
    yuki: The shake makes it. It looks like they are breathing
    alice: !20 I waited 40 minutes for the boat to move. It did not move
    bob: Patience of a tripod
    --- 4
    yuki: New theme: “far away”
    zhaolei: !5 爬了三个小时,值了
    bob: !17 Is this far enough?
    luca: Wow
    alice: !14 The lake, before breakfast. It looked at itself all morning
    yuki: I can't choose. Everybody wins, everybody gets a rice cracker 🍘`,
  },
  {
    id: 'friday-cafe',
    type: 'work',
    name: 'أصدقاء المقهى ☕',
    ageMinutes: 60 * 24 * 6 + 300,
    hours: [14, 20],
    members: ['omar', 'layla', 'alice', 'yuki'],
    script: `
    omar: الجمعة في المقهى المعتاد؟ الطاولة قرب النافذة
    layla: بكل سرور! سأحضر الكتاب الذي وعدتك به
    alice: أنا أيضًا! (I typed that myself)
    layla: Bravo Alice! لا أخطاء على الإطلاق 🌟
    yuki: I only understood “Alice”, but I'm coming
    omar: القهوة لغة يفهمها الجميع
    yuki: I understood the cup emoji. See you Friday ☕`,
  },
  {
    id: 'choir',
    type: 'work',
    name: 'Tenors only 🎶',
    ageMinutes: 60 * 24 * 4 + 120,
    hours: [17, 21],
    members: ['kwame', 'bob', 'tom'],
    script: `
    kwame: Bar 42: we come in together. Together means at the same time
    tom: I came in with confidence
    bob: Two bars early, with confidence
    kwame: The altos are still talking about it
    tom: As long as they talk
    --- 3
    kwame: Concert clothes: black, no sequins. Tom.
    tom: 😔`,
  },
  {
    id: 'cats',
    type: 'community',
    name: '🐈🐈‍⬛',
    joining: 'free',
    ageMinutes: 60 * 24 * 34,
    members: ['wangyutong', 'alice', 'yuki', 'linyue', 'emma'],
    script: `
    wangyutong: 它又坐在键盘上了:hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
    alice: A strong opinion
    yuki: Mine only types at 4 a.m. Mostly semicolons
    emma: A programmer, then
    wangyutong: 工位已经让给它了,我站着办公 🧍‍♀️`,
  },
]
