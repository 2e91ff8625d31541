import type { Pools } from '../phrase'
import type { Scene } from '../scenes'

/** Small talk for groups that run for weeks: exchanges and the words in them. */
interface SmallTalk {
  readonly scenes: readonly Scene[]
  readonly pools: Pools
}

/** Runners who compare distances, shoes and excuses. */
export const running: SmallTalk = {
  pools: {
    path: [
      'along the river',
      'the bridge loop',
      'round the lake',
      'up to the tower',
      'the canal path',
      'the old railway',
      'through the park',
      'the stairs, twice',
    ],
    zpath: ['沿江', '绕湖一圈', '上塔那条坡', '旧铁路', '公园环线', '运河边'],
    why: [
      'shoelace',
      'a very friendly dog',
      'wrong turn, twice',
      'stopped to look at herons',
      'legs on strike',
      'headwind both ways, somehow',
    ],
    emoji: ['🏃‍♀️', '💪', '🥵', '🌦️', '🦵', '🍌', '🔥'],
  },
  scenes: [
    `A: {n=4-14}.{k=0-9} km {path}, [{m=5-7}:{s=10-59} per km|slow but happy|legs feel fine]
     B: {*emoji}
     C: [Strong!|Show-off 😄|I did {p=3-9} and a pastry]`,
    `A: [Who's in for|Anyone for|Fancy] a run {path} [tomorrow at 7|on Saturday at {n=7-9}|after work]?
     B: [Me|In|If it doesn't rain|Only if there's coffee after]
     C: [I'm out, {why}|In, slow group|+1]`,
    `#zh
     A: 今天{zpath} {n=3-12} 公里,[配速 {m=5-7} 分 {s=10-59}|慢慢跑,很舒服|差点被自行车追上]
     B: [厉害|带带我|我连 {p=1-3} 公里都喘] {*emoji}`,
    `A: New personal best {path}: {n=21-58}:{s=10-59}! [I blame the shoes|No idea how|I was chased by a goose]
     B: [Congratulations!|Bravo 👏|Frame it] {*emoji}`,
    `A: !This morning {path}. [Worth the alarm|The light!|Nobody else awake]
     B: [Stunning|Next time wake me|OK, I'll come on Sunday]`,
    `A: [Lost {n=2-9} minutes today|Gave up at km {n=2-9}]: {why}
     B: [It happens|Still counts|A classic] {*emoji}`,
  ],
}

/** Engineers who watch over a service at night. */
export const onCall: SmallTalk = {
  pools: {
    service: [
      'image-resizer',
      'search-index',
      'push-gateway',
      'login',
      'history-store',
      'invoice-worker',
      'preview-builder',
      'presence',
      'mail-out',
    ],
    cause: [
      'a full disk',
      'an expired certificate',
      'a retry storm',
      'a query without an index',
      'a clock that was {*n2} s late',
      'one very large picture',
      'a feature flag with opinions',
    ],
    n2: ['3', '7', '40', '61'],
    emoji: ['🔥', '🧯', '🫠', '✅', '☕', '🙏', '📈'],
  },
  scenes: [
    `A: ⚠️ {service}: [p95 is {n=800-4200} ms|{k=2-19} % errors|queue at {n=1200-9800}], since {m=1-4} min
     B: [Looking|On it|Got it, laptop open]
     B: [It's|Looks like|Found:] {cause}. [Restarted one node|Rolled back|Scaled to {s=4-12}]
     A: [Back to normal|Green again|{n2} errors left… zero] {*emoji}`,
    `#zh,zh
     A: {service} [告警|报警]:[延迟 {n=800-4200}ms|错误率 {k=2-19}%|队列堆到 {n=1200-9800}]
     B: [在看|我来|收到,电脑开了]
     B: [重启好了|回滚了|扩到 {s=4-12} 个实例],[观察十分钟|再盯一会儿|曲线下来了]
     A: [辛苦 🙏|恢复了 ✅|睡吧]`,
    `A: Handover: {n=0-6} alerts this [night|week], the noisy one is {service} ({cause})
     B: [Thanks, taking over|Pager is mine|Got it, sleep well] {*emoji}`,
    `A: Is {service} slow for anybody else, or is it my [hotel Wi-Fi|train]?
     B: [{n=40-120} ms from here|Fine here|It's you 😄]
     A: [It's me|Train it is|OK, closing the laptop]`,
    `A: Post-mortem for {service} is up: https://wiki.example.com/on-call/{n=100-999}. [No blame, some shame|Short version: {cause}|Three actions, one is mine]
     B: [Well written|Reading|Thanks for the timeline] {*emoji}`,
  ],
}

/** People who talk to their plants, and about them. */
export const plants: SmallTalk = {
  pools: {
    plant: [
      'my monstera',
      'the basil',
      'the fern',
      'my peace lily',
      'the cactus (the big one)',
      'the string of pearls',
      'the olive tree',
      'an orchid I was given',
      'the tomato on the balcony',
    ],
    zplant: ['绿萝', '薄荷', '龟背竹', '多肉', '栀子花', '番茄苗', '发财树'],
    ill: [
      'has yellow leaves',
      'leans towards the neighbours',
      'dropped {*count} leaves overnight',
      'has tiny flies',
      'is sulking',
      'grew a leaf with no holes',
      'flowers, in this weather',
    ],
    count: ['two', 'five', 'eleven'],
    cure: [
      'Less water',
      'More light, less love',
      'Turn it once a week',
      'Soap and water, kindly',
      'A bigger pot',
      'Leave it alone for a month',
      'It is just Tuesday',
    ],
    emoji: ['🌱', '🪴', '🌵', '🌿', '🍅', '💧', '🥀'],
  },
  scenes: [
    `A: {plant} {ill}. [Help?|What now?|Should I worry?]
     B: {*cure}[.|, in my experience.|, it always works.] [When did you water it?|Which window?|Show the soil?]
     A: [Yesterday. And the day before|North, sadly|Last {n=2-9} days? Weeks?] {*emoji}
     C: {*cure}. [Trust me|My grandmother's rule|I have killed {k=3-12} to learn this]`,
    `A: New leaf on {plant}! [I cried a little|{n=2-9} cm already|It waved at me]
     B: {*emoji}`,
    `#zh
     A: {zplant}[又黄叶了|长歪了|出新芽了|好像渴了],[怎么办?|是不是该换盆?|正常吗?]
     B: [少浇水|晒晒太阳|换个大 {n=2-6} 厘米的盆|别管它] {*emoji}
     A: [听你的|好,试一周|它听见了,立起来了]`,
    `A: I have {n=2-8} cuttings of {plant} to give away. [Jam jars please|First come|They answer to any name]
     B: [One for me!|Two, please|I'll trade you {p=plant}] {*emoji}`,
    `A: !{plant}, [this morning|after the repotting|on holiday|day {n=20-90}]
     B: [That's a landscape with a plant hidden in it 😄|What a view it has|Lucky thing]`,
  ],
}

/** 同事们每天的大问题:吃什么。 */
export const lunch: SmallTalk = {
  pools: {
    dish: ['牛肉面', '麻辣烫', '饺子', '煲仔饭', '轻食', '越南粉', '咖喱', '烤鱼', '螺蛳粉', '炒饭'],
    edish: [
      'noodles',
      'the curry place',
      'dumplings',
      'soup',
      'pizza by the slice',
      'the salad bar',
      'rice bowls',
      'falafel',
    ],
    emoji: ['🍜', '🥟', '😋', '🍛', '🥗', '🌶️', '🤤'],
  },
  scenes: [
    `#zh
     A: [今天吃什么?|到点了,饿|有人吃{dish}吗?]
     B: {dish}[怎么样|走起|,不接受反驳]
     C: [昨天刚吃|可以|排队 {n=8-35} 分钟起|我要加蛋] {*emoji}`,
    `A: {edish}[ at {n=12-13}:{m=10-55}|, anyone|]?
     B: [Yes!|In|Two minutes|Is it far?]
     A: [{k=4-12} minutes on foot|Next to the bank|Behind the flower shop] {*emoji}`,
    `#zh,en
     A: 楼下新开了{dish},[第二份半价|老板很热情|开业送酸梅汤]
     B: [I understood “free”|Going now|Is it spicy? How spicy?|Translation please] 😄
     A: [辣度 {n=1-5} 级|不辣|just come!]`,
    `#zh
     A: AA 一下,{n=24-68} 元一位,[谢谢|收款码在桌上|老规矩]
     B: [已付|转了|✅]`,
  ],
}

/** A support team that helps each other with the harder cases. */
export const support: SmallTalk = {
  pools: {
    wish: [
      'wants the old icon back',
      'cannot find “archive”',
      'asks why the invoice says 0.00',
      'lost a draft',
      'sees every picture sideways',
      'would like fewer sounds',
      'was signed out on two devices',
      'sends thanks and a cake recipe',
    ],
    emoji: ['🙏', '💛', '📎', '✅', '🎧', '🍰'],
  },
  scenes: [
    `A: Ticket {n=1200-9800}: customer {wish}. [Known?|Anyone had this?|Is that on purpose?]
     B: [Yes, fixed in 4.{k=2-9}|Ask for the version first|Clear the cache, then try again|Known, workaround in the wiki]
     A: [Worked, they are happy|Told them, waiting|Closed] {*emoji}`,
    `A: Queue is at {n=3-64}. [Quiet day|Monday feeling|I take the next {k=5-9}]
     B: [Taking {m=4-12}|Lunch first, then me|Thank you {A}] {*emoji}`,
    `A: Best message of the day ({n=1200-9800}): “[Your app reminded me to call my sister|I don't have a problem, I just wanted to try the button|It works now. I did nothing. Thank you]”
     B: {*emoji}`,
  ],
}
