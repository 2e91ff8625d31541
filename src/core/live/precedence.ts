import type { EpochMs, Group, Message, Priority } from '../../model'
import { liveRoleOf } from './hosts'
import { SenderAllowances } from './senderAllowances'
import { signalOf } from './signals'

/** So many gifts of one viewer go first in a second: no finger presses faster. */
const GIFTS_PER_SECOND = 10

/**
 * What a message of a live room counts as, whatever it claims: whoever runs the room goes first with anything, a viewer with
 * gifts alone (C11, J5).
 */
export class Precedence {
  private readonly gifts = new SenderAllowances(GIFTS_PER_SECOND)

  /** The priority a message has; asked once of every message, for gifts are counted. */
  of(
    message: Pick<Message, 'conversationId' | 'senderId' | 'priority' | 'parts'>,
    at: EpochMs,
    group: Pick<Group, 'ownerId' | 'custom'> | undefined,
  ): Priority {
    const { priority = 'normal' } = message
    if (priority !== 'high' || liveRoleOf(group, message.senderId) !== 'viewer') return priority
    return signalOf(message)?.kind === 'gift' && this.gifts.take(message, 1, at) > 0 ? 'high' : 'normal'
  }
}
