import { groupRights } from '../../core/groups'
import type { Ability } from '../../core/ports'
import type { EpochMs, Message, UserId, Verdict } from '../../model'
import type { Knowledge } from './knowledge'
import { LIMITS } from './limits'
import { refusals } from './refusals'

/** Who asks, and when by the service's clock. */
export interface Viewer {
  readonly userId: UserId | undefined
  readonly at: EpochMs
}

/** What may be done with one message right now. */
export function messageVerdict(
  knowledge: Knowledge,
  ability: Ability,
  message: Message,
  viewer: Viewer,
): Verdict {
  if (ability === 'messages.deleteForMe') return 'yes'
  if (message.recalled) return refusals.messageRecalled()
  if (ability === 'messages.setReactions') return 'yes'
  const isNotice = message.parts.some((part) => part.kind === 'notice')
  if (ability === 'messages.recall') {
    return isNotice ? refusals.notRecallable() : recallVerdict(knowledge, message, viewer)
  }
  if (isNotice || message.senderId !== viewer.userId) return refusals.notMyMessage()
  return viewer.at - message.sentAt > LIMITS.editWindowMs ? refusals.editTooLate() : 'yes'
}

function recallVerdict(knowledge: Knowledge, message: Message, viewer: Viewer): Verdict {
  const conversation = knowledge.conversation(message.conversationId)
  if (!conversation) return 'try'
  const { groupId } = conversation
  const isGroup = groupId !== undefined
  const group = isGroup ? knowledge.group(groupId) : undefined
  if (group?.me && groupRights(group.type, group.me.role).canRecallOthers) return 'yes'
  if (isGroup && !group?.me) return 'try'
  if (message.senderId !== viewer.userId) return isGroup ? refusals.noRight() : refusals.notMyMessage()
  return viewer.at - message.sentAt > LIMITS.recallWindowMs ? refusals.recallTooLate(isGroup) : 'yes'
}
