import type { EpochMs, Message } from '../../model'
import { Allowance } from './allowance'

/** Whoever was not heard of for longest is forgotten first: by then he may do as much as anybody. */
const SENDERS_KEPT = 1_000

/** Bounds what each sender of each room may do in a second, whatever he claims to do. */
export class SenderAllowances {
  private readonly perSecond: number
  private readonly bySender = new Map<string, Allowance>()

  constructor(perSecond: number) {
    this.perSecond = perSecond
  }

  /** How much of this the sender of a message may do now; so much of it is used up. */
  take(
    { conversationId, senderId }: Pick<Message, 'conversationId' | 'senderId'>,
    count: number,
    at: EpochMs,
  ): number {
    const name = JSON.stringify([conversationId, senderId])
    const allowance = this.bySender.get(name) ?? new Allowance(this.perSecond)
    this.bySender.delete(name)
    this.bySender.set(name, allowance)
    const [longest] = this.bySender.keys()
    if (this.bySender.size > SENDERS_KEPT && longest !== undefined) this.bySender.delete(longest)
    const taken = Math.min(count, allowance.room(at))
    allowance.use(taken)
    return taken
  }
}
