import { LAST_MOMENT } from '../../model'
import type { EpochMs, Json, Message, Part, UserId } from '../../model'

/** Something that is given in a live room. */
export interface LiveGift {
  /** Names the gift among those of the app. */
  readonly id: string
  /** What it is called, as the giver's app says it. */
  readonly name: string
  /** One sign that stands for it. */
  readonly sign?: string
}
/** What a message of a live room means beyond what it says. */
export type LiveSignal =
  | { readonly kind: 'gift'; readonly gift: LiveGift; readonly count: number }
  | { readonly kind: 'like'; readonly count: number }
  /** Takes somebody's voice, until then or for ever; null gives it back (J4). */
  | { readonly kind: 'mute'; readonly userId: UserId; readonly until: EpochMs | 'forever' | null }
  /** Puts somebody out (J4). */
  | { readonly kind: 'kick'; readonly userId: UserId }
/** An order of somebody who runs the room. */
export type LiveOrder = Extract<LiveSignal, { kind: 'mute' | 'kick' }>

const TYPES = { gift: 'parley/gift', like: 'parley/like', mute: 'parley/mute', kick: 'parley/kick' } as const
/** More at once nobody has pressed: whoever sends more has made it up. */
const MOST_AT_ONCE = 9_999
const LONGEST = 120
/** So many likes a second nobody presses, whatever he says. */
export const LIKES_PER_SECOND = 100

/** The message part that carries a signal; `fallback` is what apps show that know nothing of it. */
export function signalPart(signal: LiveSignal, fallback: string): Part {
  const { kind, ...data } = signal
  return { kind: 'custom', type: TYPES[kind], data: data as unknown as Json, fallback }
}

/** The signal a message carries, read with care: anybody can send anything. */
export function signalOf({ parts }: Pick<Message, 'parts'>): LiveSignal | undefined {
  for (const part of parts) {
    if (part.kind !== 'custom' || !isRecord(part.data)) continue
    const signal = read(part.type, part.data)
    if (signal) return signal
  }
  return undefined
}

function read(type: string, data: Readonly<Record<string, unknown>>): LiveSignal | undefined {
  const { userId, until } = data
  switch (type) {
    case TYPES.gift: {
      const gift = readGift(data['gift'])
      return gift && { kind: 'gift', gift, count: countOf(data['count']) }
    }
    case TYPES.like:
      return { kind: 'like', count: countOf(data['count']) }
    case TYPES.mute: {
      const isEnd = until === null || until === 'forever' || (typeof until === 'number' && until >= 0)
      if (!isWord(userId) || !isEnd) return undefined
      const isEndless = typeof until === 'number' && until > LAST_MOMENT
      return { kind: 'mute', userId, until: isEndless ? 'forever' : until }
    }
    case TYPES.kick:
      return isWord(userId) ? { kind: 'kick', userId } : undefined
    default:
      return undefined
  }
}

function readGift(data: unknown): LiveGift | undefined {
  if (!isRecord(data)) return undefined
  const { id, name, sign } = data
  if (!isWord(id)) return undefined
  return { id, name: isWord(name) ? name : id, ...(isWord(sign) && sign.length <= 16 && { sign }) }
}

function countOf(count: unknown): number {
  if (typeof count !== 'number' || !(count >= 1)) return 1
  return Math.min(Math.floor(count), MOST_AT_ONCE)
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
