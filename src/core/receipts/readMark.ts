import type { EpochMs, Message, MessageOrder, ReadPoint } from '../../model'
import { compareOrder } from '../timeline'

/** How far somebody has come: by order where the backend gives one, else by time. */
export interface ReadMark {
  readonly order?: MessageOrder
  readonly at?: EpochMs
}

/** A read point as a mark; undefined where it names a message without place or time. */
export function readMark(point: ReadPoint): ReadMark | undefined {
  if ('at' in point) return { at: point.at }
  const { order, sentAt } = point.message
  if (!order && sentAt === undefined) return undefined
  return { ...(order && { order }), ...(sentAt !== undefined && { at: sentAt }) }
}

/** The farther of two marks: a mark never moves back (E8). */
export function fartherMark(known: ReadMark | undefined, told: ReadMark): ReadMark {
  if (!known) return told
  if (known.order && told.order) return compareOrder(told.order, known.order) > 0 ? told : known
  return (told.at ?? -Infinity) > (known.at ?? -Infinity) ? told : known
}

/** True where the mark stands at this message or after it. */
export function isCovered(mark: ReadMark | undefined, message: Pick<Message, 'order' | 'sentAt'>): boolean {
  if (!mark) return false
  if (mark.order && message.order) return compareOrder(message.order, mark.order) <= 0
  return mark.at !== undefined && message.sentAt <= mark.at
}
