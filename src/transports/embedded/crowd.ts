import { signalPart } from '../../core/live'
import { createRandom } from '../../core/random'
import type { Random } from '../../core/random'
import type { ConversationId, Message, MessageBody, Part, Stop } from '../../model'
import type { Engine } from './engine'

/** How lively the audience of a live room is. */
export interface CrowdOptions {
  /** So many messages a second, 1 to 2,000. */
  readonly perSecond: number
  /** The same seed says the same; 1 when absent. */
  readonly seed?: number
  /** How many look on, and are counted as online; 2,000 when absent. */
  readonly viewers?: number
  /** Which share of the messages are gifts, from 0 to 1; 0.01 when absent. */
  readonly giftShare?: number
}
/** An audience at work. */
export interface Crowd {
  /** What it has said so far, and how much of it was of high priority. */
  counts(): { readonly said: number; readonly high: number }
  /** Everybody goes. */
  stop(): void
}

/** The crowd speaks in bursts, as a wire brings them. */
const BURST_MS = 50
/** A clock that stood still is not made up for. */
const MOST_AT_ONCE = 200

const WORDS = [
  'Hello from the coast!',
  '来了来了',
  'What a view',
  '这个角度太好看了',
  'Can you show the blue one again?',
  '主播好',
  'first time here, hi all',
  '哈哈哈哈哈',
  'Love this song',
  '多少钱呀？',
  'The sound is perfect today',
  '前排围观',
  'How long did it take you?',
  '学到了，谢谢！',
  'wow',
  '666',
  'greetings from Lisbon',
  '晚上好',
  'Is there a recording?',
  '支持支持',
]
const NAMES = [
  'Ada',
  '小鱼',
  'Noor',
  '阿明',
  'Lena',
  '晴天',
  'Marco',
  '一颗星',
  'Yuki',
  '南风',
  'Theo',
  '豆豆',
]
const GIFTS = [
  { id: 'rose', name: 'Rose', sign: '🌹' },
  { id: 'applause', name: 'Applause', sign: '👏' },
  { id: 'cake', name: 'Cake', sign: '🍰' },
  { id: 'rocket', name: 'Rocket', sign: '🚀' },
]

/** Fills a live room with made-up people, who speak through the service as everybody does. */
export function startCrowd(engine: Engine, conversationId: ConversationId, options: CrowdOptions): Crowd {
  const { perSecond, seed = 1, viewers = 2_000, giftShare = 0.01 } = options
  const random = createRandom(seed)
  const name = engine.ids.next()
  let lastAt = engine.clock.now()
  let owed = 0
  const counts = { said: 0, high: 0 }
  let stop: Stop | undefined

  function speak(): void {
    if (engine.isClosed()) return
    const now = engine.clock.now()
    owed = Math.min(owed + (Math.max(0, now - lastAt) / 1000) * perSecond, MOST_AT_ONCE)
    lastAt = now
    const messages = Array.from({ length: Math.floor(owed) }, () => next())
    owed -= messages.length
    if (messages.length > 0) engine.live.post(messages)
    stop = engine.clock.after(BURST_MS, speak)
  }

  function next(): Message {
    counts.said += 1
    const viewer = random.between(1, viewers)
    const body = bodyOf(random, giftShare)
    if (body.priority === 'high') counts.high += 1
    return {
      ...body,
      conversationId,
      keys: [`crowd:${name}:${counts.said}`],
      senderId: `viewer-${viewer}`,
      senderName: `${NAMES[viewer % NAMES.length] ?? ''} ${viewer}`,
      sentAt: lastAt,
    }
  }

  engine.live.setOnlookers(conversationId, viewers)
  speak()
  return {
    counts: () => ({ ...counts }),
    stop() {
      stop?.()
      engine.live.setOnlookers(conversationId, 0)
    },
  }
}

function bodyOf(random: Random, giftShare: number): MessageBody {
  const delivery = 'online-only'
  const chance = random.next()
  if (chance < giftShare) {
    const gift = random.pick(GIFTS)
    return { parts: [signalPart({ kind: 'gift', gift, count: 1 }, gift.sign)], delivery, priority: 'high' }
  }
  if (chance < giftShare + 0.06) {
    const count = random.between(1, 12)
    return { parts: [signalPart({ kind: 'like', count }, '👍')], delivery, priority: 'low' }
  }
  const came: Part = { kind: 'notice', about: 'joined' }
  if (chance < giftShare + 0.1) return { parts: [came], delivery, priority: 'lowest' }
  return { parts: [{ kind: 'text', text: random.pick(WORDS) }], delivery }
}
