import { groupRights, groupRules, invitationOf, joiningOf } from '../../core/groups'
import { isChatError } from '../../model'
import type { BatchResult, ChatErrorShape, Group, GroupId, GroupType, UserId } from '../../model'
import { letIn, requireSeat } from './admission'
import type { GroupTalk } from './admission'
import { putApplication, refuseApplication, requirePending } from './applications'
import { checkedId, checkedList, checkedOptional, checkedText } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { FIELD_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { changeRole, dropMember, requireGroup, requireMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow, MemberRow } from './rows'
import { startingWith } from './storage/storage'

/** Why somebody who is not in a group can neither walk in nor ask to; undefined when he can (I2). */
export function joinRefusal(group: Pick<Group, 'type' | 'joining'>): ChatErrorShape | undefined {
  if (!groupRights(group.type, 'outsider').canJoin) return refusals.workTakesNoApplications()
  return joiningOf(group) === 'closed' ? refusals.noRight() : undefined
}

/** Why a member cannot leave: an owner has to hand over first, but for work groups (10009). */
export function quitRefusal(type: GroupType, role: MemberRow['role']): ChatErrorShape | undefined {
  return groupRights(type, role).canQuit ? undefined : refusals.ownerStays()
}

/** Walks in, or asks to be let in. */
export async function joinGroup(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  wording?: unknown,
): Promise<'joined' | 'pending'> {
  const talk = await requireGroup(change, groupId)
  const words = checkedWording(wording)
  if (await change.get('members', [talk.conversation.id, userId])) throw refusals.alreadyMember()
  const refusal = joinRefusal(talk.group)
  if (refusal) throw refusal
  await requireSeat(change, talk, userId, userId)
  if (joiningOf(talk.group) === 'approval') {
    await putApplication(change, groupId, userId, { kind: 'asks', ...words })
    return 'pending'
  }
  await letIn(change, talk, [userId])
  return 'joined'
}

/** Whom somebody wants in, and how. */
interface Invitation {
  readonly userIds: unknown
  readonly wording?: unknown
  /** They are asked before they are in. */
  readonly isAsked: boolean
}

/** Brings people in, asks them, or proposes them where a leader has to say yes (I2). */
export async function inviteMembers(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  { userIds: given, wording, isAsked }: Invitation,
): Promise<BatchResult> {
  const userIds = checkedList(given, 'userIds', LIMITS.inviteCount, (id) => checkedId(id, 'a user id'))
  const words = checkedWording(wording)
  const talk = await requireGroup(change, groupId)
  const { member } = await requireMember(change, talk.conversation.id, userId)
  if (userIds.length === 0) throw refusals.nobodyInvited()
  const outcome = invitationOf(talk.group, member.role)
  if (outcome === 'closed') throw refusals.noRight()
  const fits: UserId[] = []
  const failed: BatchResult['failed'][number][] = []
  for (const id of new Set(userIds)) {
    const refusal = await inviteRefusal(change, talk, id, userId, fits.length)
    if (refusal) failed.push({ id, error: refusal })
    else fits.push(id)
  }
  if (outcome === 'free' && !isAsked) {
    await letIn(change, talk, fits, userId)
    return { done: fits, pending: [], failed }
  }
  for (const id of fits) {
    const kind = outcome === 'free' ? 'invites-me' : 'proposed'
    await putApplication(change, groupId, id, { kind, byId: userId, ...words })
  }
  return { done: [], pending: fits, failed }
}

async function inviteRefusal(
  change: Change,
  talk: GroupTalk,
  userId: UserId,
  byId: UserId,
  taken: number,
): Promise<ChatErrorShape | undefined> {
  if (!(await change.get('users', userId))) return refusals.noSuchUser()
  try {
    await requireSeat(change, talk, userId, byId, taken)
    return undefined
  } catch (error) {
    if (isChatError(error)) return error
    throw error
  }
}

/** Lets in whoever asks or is invited, or does not; another leader may have been faster (10024). */
export async function answerApplication(
  change: Change,
  userId: UserId,
  applicationId: unknown,
  verdict: 'accept' | 'refuse',
): Promise<void> {
  const row = await requirePending(change, userId, applicationId)
  if (verdict === 'refuse') return refuseApplication(change, row)
  const talk = await requireGroup(change, row.groupId)
  await requireSeat(change, talk, row.userId, userId)
  const { kind, byId } = row.application
  if (kind === 'invites-me') await requireInviter(change, talk, byId)
  await letIn(change, talk, [row.userId], kind === 'asks' ? undefined : byId)
}

/** An invitation is worth as much as whoever gave it: nobody comes in by the word of one who is out or may let in nobody. */
async function requireInviter(
  change: Change,
  { group, conversation }: GroupTalk,
  byId: UserId | undefined,
): Promise<void> {
  const inviter = byId === undefined ? undefined : await change.get('members', [conversation.id, byId])
  if (!inviter) throw refusals.inviterGone()
  if (invitationOf(group, inviter.role) !== 'free') throw refusals.inviterWithoutRight()
}

function checkedWording(wording: unknown): { readonly wording?: string } {
  const words = checkedOptional(wording, (text) => checkedText(text, 'wording', FIELD_BYTES.reason))
  return words ? { wording: words } : {}
}

/** Walks out; the owner of a work group passes it on, and the last one out dissolves it. */
export async function quitGroup(change: Change, userId: UserId, groupId: GroupId): Promise<void> {
  const { group } = await requireGroup(change, groupId)
  const { conversation, member } = await requireMember(change, groupConversationId(groupId), userId)
  const refusal = quitRefusal(group.type, member.role)
  if (refusal) throw refusal
  await dropMember(change, group, member)
  const { ownerId, ...unowned } = { ...group, memberCount: group.memberCount - 1 }
  const heirId = member.role === 'owner' ? await passOn(change, group, conversation) : ownerId
  // Nobody comes in any more.
  if (heirId === undefined) await change.deleteRange('groupApplications', startingWith(groupId))
  await change.put('groups', {
    ...unowned,
    ...(heirId !== undefined ? { ownerId: heirId } : { isDissolved: true as const }),
  })
  change.tell(
    { conversationId: conversation.id, userIds: [userId] },
    { kind: 'members-quit', groupId, userIds: [userId] },
  )
  if (groupRules(group.type).tellsComings) {
    await appendNotice(change, conversation, userId, 'left', { userIds: [userId] })
  }
  change.tell({ conversationId: conversation.id }, { kind: 'group', groupId })
}

async function passOn(
  change: Change,
  group: GroupRow,
  conversation: ConversationRow,
): Promise<UserId | undefined> {
  const [next] = await change.range('roster', { ...startingWith(group.id), limit: 1 })
  const heir = next && (await change.get('members', [conversation.id, next.userId]))
  if (!heir) return undefined
  await changeRole(change, group, heir, 'owner')
  change.tell(
    { conversationId: conversation.id },
    { kind: 'members', groupId: group.id, userIds: [heir.userId] },
  )
  return heir.userId
}
