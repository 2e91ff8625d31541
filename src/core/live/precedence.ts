import type { EpochMs, Group, Message, Priority } from '../../model'
import { Allowance } from './allowance'
import { liveRoleOf } from './hosts'
import { signalOf } from './signals'

/** So many gifts of one viewer go first in a second: no finger presses faster. */
const GIFTS_PER_SECOND = 10
/** Whoever has given nothing for longest is forgotten first: by then he may give as much as anybody. */
const GIVERS_KEPT = 1_000

/**
 * What a message of a live room counts as, whatever it claims: whoever runs the room goes first with anything, a viewer with
 * gifts alone (C11, J5).
 */
export class Precedence {
  private readonly givers = new Map<string, Allowance>()

  /** The priority a message has; asked once of every message, for gifts are counted. */
  of(
    message: Pick<Message, 'conversationId' | 'senderId' | 'priority' | 'parts'>,
    at: EpochMs,
    group: Pick<Group, 'ownerId' | 'custom'> | undefined,
  ): Priority {
    const { priority = 'normal' } = message
    if (priority !== 'high' || liveRoleOf(group, message.senderId) !== 'viewer') return priority
    return signalOf(message)?.kind === 'gift' && this.mayGive(message, at) ? 'high' : 'normal'
  }

  private mayGive({ conversationId, senderId }: Pick<Message, 'conversationId' | 'senderId'>, at: EpochMs) {
    const name = JSON.stringify([conversationId, senderId])
    const allowance = this.givers.get(name) ?? new Allowance(GIFTS_PER_SECOND)
    this.givers.delete(name)
    this.givers.set(name, allowance)
    const [longest] = this.givers.keys()
    if (this.givers.size > GIVERS_KEPT && longest !== undefined) this.givers.delete(longest)
    if (allowance.room(at) < 1) return false
    allowance.use(1)
    return true
  }
}
