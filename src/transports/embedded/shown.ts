import type { Conversation, Group, Member, Message, MessageRef } from '../../model'
import { compact } from './checkedValues'
import type { ConversationRow, GroupRow, MemberRow, MessageRow } from './rows'

/** A conversation as one of its members has it. */
export function shownConversation(row: ConversationRow, member: MemberRow, last?: MessageRow): Conversation {
  const isKept = row.kind !== 'live' && member.notify !== 'discard'
  return compact<Conversation>({
    id: row.id,
    kind: row.kind,
    peerId: row.between?.find((id) => id !== member.userId) ?? row.between?.[0],
    groupId: row.groupId,
    incarnation: row.incarnation,
    last: last && last.seq > member.hiddenSeq ? shownLast(last) : undefined,
    isDense: row.kind !== 'live',
    unreadCount: isKept ? row.counted - member.readCounted : 0,
    mention: shownMention(row, member),
    isPinned: member.isPinned ?? false,
    notify: member.notify ?? 'all',
    isMarkedUnread: member.isMarkedUnread ?? false,
  })
}

function shownLast({ message }: MessageRow): NonNullable<Conversation['last']> {
  const { conversationId, keys, order, sentAt, senderId, parts, recalled, senderName } = message
  return compact({ conversationId, keys, order, sentAt, senderId, parts, recalled, senderName })
}

function shownMention(row: ConversationRow, member: MemberRow): NonNullable<Conversation['mention']> {
  return {
    isMe: member.mentionSeq !== undefined,
    isAll: (row.mentionAllSeq ?? 0) > Math.max(member.readSeq, member.hiddenSeq),
  }
}

/** A group as the given user sees it; without a member row as an outsider does. */
export function shownGroup(row: GroupRow, member: MemberRow | undefined): Group {
  const { isDissolved, ...group } = row
  const state = isDissolved ? 'dissolved' : member ? 'joined' : 'not-joined'
  return { ...group, state, ...(member && { me: shownMember(member) }) }
}

/** A member as the list shows him. */
export function shownMember({ userId, role, nameCard, joinedAt }: MemberRow): Member {
  return compact<Member>({ userId, role, nameCard, joinedAt })
}

/** How others name a message: everything but what it says. */
export function refOf({ conversationId, keys, order, sentAt, senderId }: Message): MessageRef {
  return compact<MessageRef>({ conversationId, keys, order, sentAt, senderId })
}
