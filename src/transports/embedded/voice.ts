import type { ChatErrorShape, EpochMs, Group, Member } from '../../model'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import type { Reading } from './storage/storage'

/** Why a member may not speak in his group now; undefined when he may (I5). */
export function voiceRefusal(
  group: Pick<Group, 'isMuted'>,
  { role, mutedUntil }: Pick<Member, 'role' | 'mutedUntil'>,
  at: EpochMs,
): ChatErrorShape | undefined {
  if (mutedUntil === 'forever' || (mutedUntil !== undefined && mutedUntil > at))
    return refusals.muted(mutedUntil)
  return group.isMuted && role === 'member' ? refusals.muted('forever') : undefined
}

/** Refuses a member who may not speak. */
export async function requireVoice(
  reading: Reading,
  { groupId }: ConversationRow,
  member: MemberRow,
  at: EpochMs,
): Promise<void> {
  if (groupId === undefined) return
  const refusal = voiceRefusal((await reading.get('groups', groupId)) ?? {}, member, at)
  if (refusal) throw refusal
}
