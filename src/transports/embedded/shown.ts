import { invitingOf, joiningOf } from '../../core/groups'
import type { Conversation, Group, Json, Member, Message, Profile, ReactionTotal, UserId } from '../../model'
import { compact } from './checkedValues'
import type { BanRow, ConversationRow, GroupRow, MemberRow, MessageRow, ReactionRow, UserRow } from './rows'

/** A conversation as one of its members has it. */
export function shownConversation(row: ConversationRow, member: MemberRow, last?: MessageRow): Conversation {
  const isKept = row.kind !== 'live' && member.notify !== 'discard'
  return compact<Conversation>({
    id: row.id,
    kind: row.kind,
    peerId: row.between?.find((id) => id !== member.userId) ?? row.between?.[0],
    groupId: row.groupId,
    incarnation: row.incarnation,
    last: last && shownLast(last),
    isDense: row.kind !== 'live',
    unreadCount: isKept ? unreadOf(row, member) : 0,
    mention: shownMention(row, member),
    isPinned: member.isPinned ?? false,
    notify: member.notify ?? 'all',
    isMarkedUnread: member.isMarkedUnread ?? false,
    folders: member.folders,
    marks: member.marks,
  })
}

/** Counted messages after the read position, without those that are gone since. */
function unreadOf(row: ConversationRow, member: MemberRow): number {
  const goneSeqs = new Set([...(row.recalledSeqs ?? []), ...(member.deletedSeqs ?? [])])
  const seenSeq = Math.max(member.readSeq, member.hiddenSeq)
  return row.counted - member.readCounted - [...goneSeqs].filter((seq) => seq > seenSeq).length
}

/** True where the conversation stands in the member's list. */
export function isListed(row: ConversationRow, member: MemberRow): boolean {
  if (member.removedSeq !== undefined && row.lastSeq <= member.removedSeq) return false
  return row.kind !== 'direct' || row.lastSeq > 0 || row.openedById === member.userId
}

/** True where the member can see the message. */
export function isVisible(row: MessageRow, member: MemberRow): boolean {
  return row.seq > member.hiddenSeq && !row.deletedForIds?.includes(member.userId)
}

/** A message as the given user sees it. */
export function shownMessage(row: MessageRow, userId: UserId): Message {
  // Where all were taken back the empty list says so; an absent one would say nothing.
  return row.reactions ? { ...row.message, reactions: shownReactions(row.reactions, userId) } : row.message
}

/** Reactions counted, and which are the given user's. */
export function shownReactions(rows: readonly ReactionRow[], userId: UserId): readonly ReactionTotal[] {
  return rows.map(({ key, userIds }) => ({
    key,
    count: userIds.length,
    isMine: userIds.includes(userId),
    someIds: userIds,
  }))
}

function shownLast({ message }: MessageRow): NonNullable<Conversation['last']> {
  const { conversationId, keys, order, sentAt, senderId, parts, recalled, senderName, burnAfterMs } = message
  return compact({ conversationId, keys, order, sentAt, senderId, parts, recalled, senderName, burnAfterMs })
}

function shownMention(row: ConversationRow, member: MemberRow): NonNullable<Conversation['mention']> {
  return {
    isMe: member.mentionSeq !== undefined,
    isAll: (row.mentionAllSeq ?? 0) > Math.max(member.readSeq, member.hiddenSeq),
  }
}

/** A group as the given user sees it; without a member row as an outsider does. */
export function shownGroup(row: GroupRow, member: MemberRow | undefined, ban?: BanRow): Group {
  const {
    isDissolved,
    voiceless: _voiceless,
    attributes: _attributes,
    counters: _counters,
    likes,
    announcement,
    ...group
  } = row
  const state = isDissolved ? 'dissolved' : member ? 'joined' : 'not-joined'
  const mine = member && {
    me: shownMember(member),
    isSaved: member.isSaved ?? false,
    // What is said to the members is nobody else's.
    ...(announcement !== undefined && { announcement }),
  }
  const liked = likes !== undefined && { custom: withLikes(group.custom, likes) }
  const banned = ban && { bannedUntil: ban.until }
  return {
    ...group,
    ...liked,
    joining: joiningOf(group),
    inviting: invitingOf(group),
    state,
    ...mine,
    ...banned,
  }
}

/** The likes of a live room stand among its own fields (J3). */
function withLikes(custom: Json | undefined, likes: number): Json {
  const fields = typeof custom === 'object' && custom !== null && !Array.isArray(custom) ? custom : {}
  return { ...fields, likes }
}

/** A user as others see him. */
export function shownProfile({ standing: _standing, ...profile }: UserRow): Profile {
  return profile
}

/** A member as the list shows him. */
export function shownMember({ userId, role, nameCard, joinedAt, mutedUntil, custom }: MemberRow): Member {
  return compact<Member>({ userId, role, nameCard, joinedAt, mutedUntil, custom })
}
