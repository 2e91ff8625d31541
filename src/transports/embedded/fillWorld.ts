import type { UserId } from '../../model'
import { directConversationId, groupConversationId } from './conversationIds'
import { putAsk } from './friendRequests'
import type { Change } from './log'
import { addMember } from './members'
import { grownBy, placedMessage, readUpTo } from './messageStore'
import type { ConversationRow, MemberRow, MessageRow } from './rows'
import type { World, WorldConversation, WorldGroup } from './world/world'

/** Writes a whole world into an empty database; nobody is told, because nobody is there yet. */
export async function fillWorld(change: Change, world: World): Promise<void> {
  await change.putMany('users', world.people)
  await change.putMany(
    'friends',
    world.friendships.flatMap(([a, b]) => [
      { userId: a, friendId: b },
      { userId: b, friendId: a },
    ]),
  )
  for (const { fromId, toId, askedAt, wording, source } of world.friendRequests ?? []) {
    await putAsk(change, { fromId, toId, askedAt, state: 'pending' }, { wording, source })
  }
  const talks = new Map(world.conversations.map((talk) => [idOf(talk), talk]))
  for (const group of world.groups) {
    const id = groupConversationId(group.id)
    await fillGroup(change, group, talks.get(id))
    talks.delete(id)
  }
  for (const talk of talks.values()) if (talk.between) await fillDirect(change, talk.between, talk)
}

function idOf(talk: WorldConversation): string {
  return talk.between ? directConversationId(...talk.between) : groupConversationId(talk.groupId ?? '')
}

async function fillGroup(change: Change, group: WorldGroup, talk?: WorldConversation): Promise<void> {
  const { members, createdAt, ...profile } = group
  const ownerId = members.find((member) => member.role === 'owner')?.userId
  await change.put('groups', { ...profile, ...(ownerId && { ownerId }), memberCount: members.length })
  const empty: ConversationRow = {
    id: groupConversationId(group.id),
    kind: group.type === 'live' ? 'live' : 'group',
    groupId: group.id,
    ...emptyTalk(change, createdAt),
  }
  const { conversation, rows } = await fillMessages(change, empty, talk)
  for (const { userId, ...more } of members) {
    const member = await addMember(change, conversation, userId, { ...more, joinedAt: createdAt })
    await change.put('members', withReading(member, rows, talk))
  }
}

async function fillDirect(
  change: Change,
  between: readonly [UserId, UserId],
  talk: WorldConversation,
): Promise<void> {
  const empty: ConversationRow = {
    id: idOf(talk),
    kind: 'direct',
    between,
    ...emptyTalk(change, talk.messages[0]?.sentAt ?? change.at),
  }
  const { conversation, rows } = await fillMessages(change, empty, talk)
  for (const userId of between) {
    const member = await addMember(change, conversation, userId, { joinedAt: conversation.createdAt })
    await change.put('members', withReading(member, rows, talk))
  }
}

function emptyTalk(change: Change, createdAt: number) {
  return { incarnation: change.incarnation(), createdAt, lastSeq: 0, lastAt: 0, counted: 0 }
}

async function fillMessages(
  change: Change,
  empty: ConversationRow,
  talk: WorldConversation | undefined,
): Promise<{ readonly conversation: ConversationRow; readonly rows: readonly MessageRow[] }> {
  let conversation = empty
  const rows: MessageRow[] = []
  for (const { senderId, sentAt, parts, mentions } of talk?.messages ?? []) {
    const body = { parts, delivery: 'stored', ...(mentions && { mentions }) } as const
    const row = placedMessage({ at: sentAt, era: change.era }, conversation, { senderId, body })
    conversation = grownBy(conversation, row)
    rows.push(row)
  }
  await change.put('conversations', conversation)
  await change.putMany('messages', rows)
  return { conversation, rows }
}

/** What a member has read, at least up to his own newest message; without a count, everything. */
function withReading(
  member: MemberRow,
  rows: readonly MessageRow[],
  talk: WorldConversation | undefined,
): MemberRow {
  const readCount = talk?.readCounts?.[member.userId] ?? rows.length
  const ownSeq = rows.findLast((row) => row.message.senderId === member.userId)?.seq ?? 0
  const reached = rows[Math.max(readCount, ownSeq) - 1] ?? { seq: 0, counted: 0 }
  const unread = rows.slice(reached.seq)
  const mention = unread.find((row) => row.message.mentions?.userIds.includes(member.userId))
  const unreadMember = { ...member, readSeq: 0, readCounted: 0, ...(mention && { mentionSeq: mention.seq }) }
  return readUpTo(unreadMember, reached)
}
