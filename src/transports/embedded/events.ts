import type {
  ConversationId,
  Group,
  GroupApplication,
  GroupId,
  EpochMs,
  Member,
  Message,
  MessageChange,
  Profile,
  Receipt,
  TransportEvent,
  UserId,
} from '../../model'
import { shownApplication } from './applications'
import { changeOf } from './changeMessage'
import { groupConversationId } from './conversationIds'
import { contactEvents, gatherContacts, noContacts } from './contactEvents'
import type { GatheredContacts } from './contactEvents'
import { conversationsOf } from './conversationsOf'
import type { Knowledge } from './knowledge'
import { shownReceipt } from './receipts'
import type { Audience, LogOp, LogRow, MemberRow } from './rows'
import { noteEvents } from './noteEvents'
import { isVisible, shownGroup, shownMember, shownMessage, shownProfile } from './shown'
import type { Reading } from './storage/storage'
import { conversationPatch, groupPatch, memberPatch, profilePatch } from './wholePatches'

/** What a stretch of the log says to one user, read from the rows as they stand now. */
interface Gathered {
  readonly touched: Set<ConversationId>
  readonly messages: Message[]
  readonly changes: Map<string, MessageChange>
  readonly clears: Map<ConversationId, EpochMs>
  readonly removals: { readonly id: ConversationId; readonly withHistory: boolean }[]
  readonly receipts: Map<string, Receipt>
  readonly profileIds: Set<UserId>
  readonly contacts: GatheredContacts
  readonly groupIds: Set<GroupId>
  readonly membersByGroup: Map<GroupId, Set<UserId>>
  readonly quits: (LogOp & { readonly kind: 'members-quit' })[]
  readonly applications: Map<string, GroupApplication>
  readonly attributesByGroup: Map<GroupId, Set<string>>
  readonly countersByGroup: Map<GroupId, Set<string>>
}

/** Turns log entries into the events one user hears, a conversation before what is told about it. */
export async function eventsOf(
  reading: Reading,
  knowledge: Knowledge,
  userId: UserId,
  entries: readonly LogRow[],
  isLive: boolean,
): Promise<readonly TransportEvent[]> {
  const places = await readPlaces(reading, userId, entries)
  const gathered = emptyGathering()
  for (const { audience, op } of entries) {
    if (await concerns(reading, audience, userId, places)) await gather(reading, gathered, op, userId, places)
  }
  return tellAll(reading, knowledge, gathered, userId, isLive)
}

/** The user's own rows in the conversations the entries speak of. */
type Places = ReadonlyMap<ConversationId, MemberRow>

async function readPlaces(reading: Reading, userId: UserId, entries: readonly LogRow[]): Promise<Places> {
  const ids = new Set<ConversationId>()
  for (const { audience, op } of entries) {
    if (audience.conversationId !== undefined) ids.add(audience.conversationId)
    if ('conversationId' in op) ids.add(op.conversationId)
  }
  const rows = await reading.getMany(
    'members',
    [...ids].map((id) => [id, userId]),
  )
  return new Map(rows.flatMap((row) => (row ? [[row.conversationId, row]] : [])))
}

async function concerns(
  reading: Reading,
  audience: Audience,
  userId: UserId,
  places: Places,
): Promise<boolean> {
  const { conversationId, userIds, friendsOf } = audience
  if (userIds?.includes(userId)) return true
  if (conversationId !== undefined && places.has(conversationId)) return true
  if (friendsOf === undefined) return false
  return friendsOf === userId || (await reading.get('friends', [userId, friendsOf])) !== undefined
}

function emptyGathering(): Gathered {
  return {
    touched: new Set(),
    messages: [],
    changes: new Map(),
    clears: new Map(),
    removals: [],
    receipts: new Map(),
    profileIds: new Set(),
    contacts: noContacts(),
    groupIds: new Set(),
    membersByGroup: new Map(),
    quits: [],
    applications: new Map(),
    attributesByGroup: new Map(),
    countersByGroup: new Map(),
  }
}

async function gather(
  reading: Reading,
  into: Gathered,
  op: LogOp,
  userId: UserId,
  places: Places,
): Promise<void> {
  switch (op.kind) {
    case 'message': {
      const place = places.get(op.conversationId)
      if (!place || op.seq <= place.hiddenSeq || place.notify === 'discard') return
      const row = await reading.get('messages', [op.conversationId, op.seq])
      if (!row || !isVisible(row, place) || (await isRemoved(reading, place))) return
      into.touched.add(op.conversationId)
      into.messages.push(shownMessage(row, userId))
      return
    }
    case 'message-changed':
      return gatherChange(reading, into, op, userId, places)
    case 'cleared': {
      const clearedAt = places.get(op.conversationId)?.clearedAt
      into.touched.add(op.conversationId)
      if (clearedAt !== undefined) into.clears.set(op.conversationId, clearedAt)
      return
    }
    case 'removed':
      return gatherRemoval(reading, into, op, places)
    case 'receipt':
      return gatherReceipt(reading, into, op, userId, places)
    case 'conversation':
      into.touched.add(op.conversationId)
      return
    case 'standing':
      // The session's own matter: the tail hands it over.
      return
    case 'profile':
      into.profileIds.add(op.userId)
      return
    case 'contacts':
    case 'friend-request':
    case 'blocklist':
      gatherContacts(into.contacts, op)
      return
    case 'group':
      into.groupIds.add(op.groupId)
      return
    case 'members':
      return addAll(into.membersByGroup, op.groupId, op.userIds)
    case 'group-notes':
      return addAll(
        op.what === 'attributes' ? into.attributesByGroup : into.countersByGroup,
        op.groupId,
        op.keys,
      )
    case 'members-quit':
      into.quits.push(op)
      return
    case 'application': {
      const application = await shownApplication(reading, op.groupId, op.userId, userId)
      if (application) into.applications.set(application.id, application)
    }
  }
}

function addAll(byGroup: Map<GroupId, Set<string>>, groupId: GroupId, items: readonly string[]): void {
  const all = byGroup.get(groupId) ?? new Set()
  items.forEach((item) => all.add(item))
  byGroup.set(groupId, all)
}

async function gatherChange(
  reading: Reading,
  into: Gathered,
  op: LogOp & { kind: 'message-changed' },
  userId: UserId,
  places: Places,
): Promise<void> {
  const { conversationId, seq, what } = op
  const place = places.get(conversationId)
  if (!place) return
  // These do not show in the list.
  const isAside = what === 'reactions' || what === 'extensions' || what === 'pinned'
  if (!isAside) into.touched.add(conversationId)
  const row = await reading.get('messages', [conversationId, seq])
  if (!row || seq <= place.hiddenSeq || (what !== 'removed' && !isVisible(row, place))) return
  const conversation = what === 'pinned' ? await reading.get('conversations', conversationId) : undefined
  const change = changeOf(row, what, userId, conversation?.pinnedSeqs)
  if (change) into.changes.set(JSON.stringify([conversationId, seq, what]), change)
}

async function gatherRemoval(
  reading: Reading,
  into: Gathered,
  { conversationId, withHistory }: LogOp & { kind: 'removed' },
  places: Places,
): Promise<void> {
  const place = places.get(conversationId)
  if (!place) return
  into.touched.add(conversationId)
  // What came back meanwhile is not gone; only its history may be.
  if (!withHistory && !(await isRemoved(reading, place))) return
  into.removals.push({ id: conversationId, withHistory })
}

/** True while the conversation waits for a newer message to come back into the member's list. */
async function isRemoved(reading: Reading, place: MemberRow): Promise<boolean> {
  if (place.removedSeq === undefined) return false
  const row = await reading.get('conversations', place.conversationId)
  return row !== undefined && row.lastSeq <= place.removedSeq
}

async function gatherReceipt(
  reading: Reading,
  into: Gathered,
  op: LogOp & { kind: 'receipt' },
  userId: UserId,
  places: Places,
): Promise<void> {
  const member = await reading.get('members', [op.conversationId, op.userId])
  const place = places.get(op.conversationId)
  if (!member || !place) return
  const seq = op.state === 'read' ? member.readSeq : member.deliveredSeq
  if (op.userId === userId) into.touched.add(op.conversationId)
  // Where another reads among messages that came before this user, there is nothing to point at.
  if (seq <= place.hiddenSeq) return
  const receipt = await shownReceipt(reading, member, op.state)
  if (receipt) into.receipts.set(JSON.stringify([op.conversationId, op.userId, op.state]), receipt)
}

async function tellAll(
  reading: Reading,
  knowledge: Knowledge,
  gathered: Gathered,
  userId: UserId,
  isLive: boolean,
): Promise<readonly TransportEvent[]> {
  const events: TransportEvent[] = []
  for (const { id, withHistory } of gathered.removals) {
    events.push({ type: 'conversation.removed', ids: [id], withHistory })
  }
  const conversations = await conversationsOf(reading, userId, [...gathered.touched], 'listed')
  const rebuiltIds = conversations.filter(knowledge.isRebuilt).map(({ id }) => id)
  if (rebuiltIds.length > 0) events.push({ type: 'conversation.removed', ids: rebuiltIds, withHistory: true })
  conversations.forEach(knowledge.learnConversation)
  if (conversations.length > 0) {
    events.push({ type: 'conversation.changed', conversations: conversations.map(conversationPatch) })
  }
  for (const [id, upToAt] of gathered.clears) events.push({ type: 'conversation.cleared', id, upToAt })
  const { messages } = gathered
  if (messages.length > 0) events.push({ type: 'message.received', messages, isLive })
  const changes = [...gathered.changes.values()]
  if (changes.length > 0) events.push({ type: 'message.changed', changes })
  const receipts = [...gathered.receipts.values()]
  if (receipts.length > 0) events.push({ type: 'receipt.received', receipts })
  const profiles = await profilesOf(reading, [...gathered.profileIds])
  if (profiles.length > 0) events.push({ type: 'profile.changed', profiles: profiles.map(profilePatch) })
  events.push(...(await contactEvents(reading, gathered.contacts, userId)))
  const groups = await groupsOf(reading, userId, [...gathered.groupIds])
  if (groups.length > 0) events.push({ type: 'group.changed', groups: groups.map(groupPatch) })
  for (const group of groups) {
    if (knowledge.learnGroup(group)) events.push({ type: 'abilities.changed', scope: { groupId: group.id } })
  }
  for (const [groupId, userIds] of gathered.membersByGroup) {
    const members = await membersOf(reading, groupId, [...userIds])
    if (members.length > 0) {
      events.push({ type: 'member.changed', groupId, members: members.map(memberPatch) })
    }
  }
  events.push(...(await noteEvents(reading, knowledge, gathered.attributesByGroup, gathered.countersByGroup)))
  const applications = [...gathered.applications.values()]
  if (applications.length > 0) events.push({ type: 'application.changed', applications })
  for (const quit of gathered.quits) events.push(...(await quitEvents(reading, knowledge, quit, userId)))
  return events
}

/** The groups with these ids as a user sees them; unknown ones are left out. */
export async function groupsOf(
  reading: Reading,
  userId: UserId,
  ids: readonly GroupId[],
): Promise<readonly Group[]> {
  const rows = await reading.getMany('groups', ids)
  const members = await reading.getMany(
    'members',
    ids.map((id) => [groupConversationId(id), userId]),
  )
  const bans = await reading.getMany(
    'groupBans',
    ids.map((id) => [id, userId]),
  )
  return rows.flatMap((row, i) => (row ? [shownGroup(row, members[i], bans[i])] : []))
}

async function profilesOf(reading: Reading, ids: readonly UserId[]): Promise<readonly Profile[]> {
  return (await reading.getMany('users', ids)).flatMap((row) => (row ? [shownProfile(row)] : []))
}

async function membersOf(
  reading: Reading,
  groupId: GroupId,
  userIds: readonly UserId[],
): Promise<readonly Member[]> {
  const keys = userIds.map((id) => [groupConversationId(groupId), id])
  return (await reading.getMany('members', keys)).flatMap((row) => (row ? [shownMember(row)] : []))
}

async function quitEvents(
  reading: Reading,
  knowledge: Knowledge,
  { groupId, userIds, how, byId }: Gathered['quits'][number],
  userId: UserId,
): Promise<readonly TransportEvent[]> {
  // Whoever has come back since is a member and nothing else.
  const back = new Set((await membersOf(reading, groupId, userIds)).map((member) => member.userId))
  const gone = userIds.filter((id) => !back.has(id))
  if (gone.length === 0) return []
  const events: TransportEvent[] = []
  // Of a group that is no more nobody has been put out.
  if (how !== 'dissolved') {
    events.push({
      type: 'member.removed',
      groupId,
      userIds: gone,
      how: how ?? 'quit',
      ...(byId !== undefined && { byId }),
    })
  }
  if (!gone.includes(userId)) return events
  const id = groupConversationId(groupId)
  knowledge.forgetConversation(id)
  const [group] = await groupsOf(reading, userId, [groupId])
  if (group) knowledge.learnGroup(group)
  events.push({
    type: 'group.changed',
    groups: [
      {
        id: groupId,
        state: group?.state ?? 'not-joined',
        me: null,
        ...(group?.bannedUntil !== undefined && { bannedUntil: group.bannedUntil }),
      },
    ],
  })
  events.push({ type: 'abilities.changed', scope: { groupId } })
  // Of a group that is no more nothing is kept (D3).
  const withHistory = group?.state === 'dissolved'
  events.push({ type: 'conversation.removed', ids: [id], withHistory })
  return events
}
