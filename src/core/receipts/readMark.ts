import type { EpochMs, Message, MessageOrder, ReadPoint } from '../../model'
import { compareOrder } from '../timeline'

/** How far somebody has come: by order where the backend gives one, else by time. */
export interface ReadMark {
  readonly order?: MessageOrder
  readonly at?: EpochMs
}

/** A read point as a mark; undefined where it names a message without place or time. */
export function readMark(point: ReadPoint): ReadMark | undefined {
  if ('at' in point) return Number.isFinite(point.at) ? { at: point.at } : undefined
  const { order, sentAt } = point.message
  const soundOrder = order && Number.isFinite(order.major) ? order : undefined
  const soundAt = sentAt !== undefined && Number.isFinite(sentAt) ? sentAt : undefined
  if (!soundOrder && soundAt === undefined) return undefined
  return { ...(soundOrder && { order: soundOrder }), ...(soundAt !== undefined && { at: soundAt }) }
}

/** The farther of two marks: a mark never moves back (E8). */
export function fartherMark(known: ReadMark | undefined, told: ReadMark): ReadMark {
  if (!known) return told
  if (known.order && told.order) return compareOrder(told.order, known.order) > 0 ? told : known
  // One has a time only, so times are compared; without two times nothing says that the mark moved on.
  return known.at !== undefined && told.at !== undefined && told.at > known.at ? told : known
}

/** True where the mark stands at this message or after it. */
export function isCovered(mark: ReadMark | undefined, message: Pick<Message, 'order' | 'sentAt'>): boolean {
  if (!mark) return false
  if (mark.order && message.order) return compareOrder(message.order, mark.order) <= 0
  return mark.at !== undefined && message.sentAt <= mark.at
}
