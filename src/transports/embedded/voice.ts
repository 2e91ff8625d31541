import type { ChatErrorShape, EpochMs, Group, Member } from '../../model'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import type { Reading } from './storage/storage'

/** Until when a member is muted, as long as that holds. */
export function muteAt({ mutedUntil }: Pick<Member, 'mutedUntil'>, at: EpochMs): Member['mutedUntil'] {
  return typeof mutedUntil === 'number' && mutedUntil <= at ? undefined : mutedUntil
}

/** Why a member may not speak in his group now; undefined when he may (I5). */
export function voiceRefusal(
  group: Pick<Group, 'isMuted'>,
  member: Pick<Member, 'role' | 'mutedUntil'>,
  at: EpochMs,
): ChatErrorShape | undefined {
  const until = muteAt(member, at) ?? (group.isMuted && member.role === 'member' ? 'forever' : undefined)
  return until === undefined ? undefined : refusals.muted(until)
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
