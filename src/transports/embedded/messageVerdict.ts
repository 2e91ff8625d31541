import { groupRights } from '../../core/groups'
import type { Ability } from '../../core/ports'
import type { EpochMs, Message, UserId, Verdict } from '../../model'
import type { Knowledge } from './knowledge'
import { LIMITS } from './limits'
import { pinRefusal } from './pins'
import { refusals } from './refusals'
import { voiceRefusal } from './voice'

/** Who asks, and when by the service's clock. */
export interface Viewer {
  readonly userId: UserId | undefined
  readonly at: EpochMs
  /** How long he may take back what he has said; the service's usual time when absent. */
  readonly recallWindowMs?: number | undefined
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
  // What is said in a live room only passes: it can be taken back, and nothing else.
  const isPassing = knowledge.conversation(message.conversationId)?.kind === 'live'
  if (isPassing && ability !== 'messages.recall') return refusals.unsupported()
  if (ability === 'messages.setReactions') return 'yes'
  if (ability === 'messages.setExtensions') return message.hasExtensions ? 'yes' : refusals.unsupported()
  if (ability === 'messages.setPinned') return pinVerdict(knowledge, message)
  const isNotice = message.parts.some((part) => part.kind === 'notice')
  if (ability === 'messages.recall') {
    return isNotice ? refusals.notRecallable() : recallVerdict(knowledge, message, viewer)
  }
  if (isNotice || message.senderId !== viewer.userId) return refusals.notMyMessage()
  if (viewer.at - message.sentAt > LIMITS.editWindowMs) return refusals.editTooLate()
  return voiceVerdict(knowledge, message, viewer)
}

/** Whoever may not speak puts no other words into what he has said. */
function voiceVerdict(knowledge: Knowledge, { conversationId }: Message, { at }: Viewer): Verdict {
  const groupId = knowledge.conversation(conversationId)?.groupId
  const group = groupId === undefined ? undefined : knowledge.group(groupId)
  return (group?.me && voiceRefusal(group, group.me, at)) ?? 'yes'
}

function pinVerdict(knowledge: Knowledge, { conversationId }: Message): Verdict {
  const conversation = knowledge.conversation(conversationId)
  if (!conversation) return 'try'
  const group = conversation.groupId === undefined ? undefined : knowledge.group(conversation.groupId)
  if (!group) return conversation.groupId === undefined ? 'yes' : 'try'
  return (group.me && pinRefusal(group.type, group.me.role)) ?? 'yes'
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
  const { at, recallWindowMs = LIMITS.recallWindowMs } = viewer
  return at - message.sentAt > recallWindowMs ? refusals.recallTooLate(isGroup) : 'yes'
}
