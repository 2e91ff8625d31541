import { canOrder, signalOf } from '../../core/live'
import type { EpochMs, GroupId, Message, UserId } from '../../model'
import type { Change } from './log'
import { dropMember } from './members'
import type { GroupRow, MemberRow } from './rows'
import { muteAt } from './voice'

/** Does what a message of whoever runs a live room orders (J4); an order of somebody else is a message like any other (J6). */
export async function obey(change: Change, groupId: GroupId, message: Message): Promise<void> {
  const order = signalOf(message)
  if (order?.kind !== 'mute' && order?.kind !== 'kick') return
  const group = await change.get('groups', groupId)
  if (!group || !canOrder(group, message.senderId, order.userId)) return
  const { userId } = order
  const member = await change.get('members', [message.conversationId, userId])
  if (order.kind === 'kick') {
    if (!member) return
    await dropMember(change, group, member)
    await change.put('groups', { ...group, memberCount: group.memberCount - 1 })
    change.tell(
      { conversationId: message.conversationId, userIds: [userId] },
      { kind: 'members-quit', groupId, userIds: [userId], how: 'kicked', byId: message.senderId },
    )
    change.tell({ conversationId: message.conversationId }, { kind: 'group', groupId })
    return
  }
  // Nobody who is no user has a voice, and a list of made-up names has no end.
  if (!(await change.get('users', userId))) return
  const { [userId]: _former, ...others } = group.voiceless ?? {}
  const voiceless = order.until === null ? others : { ...others, [userId]: order.until }
  await change.put('groups', { ...group, voiceless: stillMuted(voiceless, change.at) })
  if (!member) return
  const { mutedUntil: _until, ...free } = member
  await change.put('members', order.until === null ? free : { ...free, mutedUntil: order.until })
  change.tell({ userIds: [userId] }, { kind: 'group', groupId })
}

/** The mute somebody brings along who comes into a live room again. */
export function muteIn({ voiceless }: GroupRow, userId: UserId, at: EpochMs): Pick<MemberRow, 'mutedUntil'> {
  // Only its own: every object has a `constructor`.
  const until = voiceless && Object.hasOwn(voiceless, userId) ? voiceless[userId] : undefined
  const mutedUntil = muteAt({ ...(until !== undefined && { mutedUntil: until }) }, at)
  return mutedUntil === undefined ? {} : { mutedUntil }
}

function stillMuted(voiceless: NonNullable<GroupRow['voiceless']>, at: EpochMs): typeof voiceless {
  return Object.fromEntries(
    Object.entries(voiceless).filter(([, mutedUntil]) => muteAt({ mutedUntil }, at) !== undefined),
  )
}
