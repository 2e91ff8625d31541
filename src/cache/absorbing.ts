import { requestNow } from '../core/friends'
import { patched } from '../core/patches'
import { isEmptyDraft } from '../model'
import type {
  ChatEvent,
  EpochMs,
  FriendRequest,
  Group,
  GroupId,
  Member,
  Message,
  Patch,
  Profile,
  UserId,
} from '../model'
import { StorageFailure } from '../storage'
import type { Key, Writing } from '../storage'
import { Batch, canBeCopied } from './batch'
import { ConversationKeeper } from './conversationKeeper'
import { MessageKeeper } from './messageKeeper'
import { PageKeeper } from './pageKeeper'
import { ANNOUNCEMENT, HABIT, MEMBERS, PINNED_HERE } from './rows'
import type { MembersRow, NounRow, Rows } from './rows'
import type { Tab } from './unnumbered'

/** Of each group this machine keeps so many members. */
const MOST_KEPT_MEMBERS = 100

/** So many messages are worked on without a pause: more of them would be felt by whoever types or scrolls meanwhile. */
const MOST_AT_ONCE = 100

/** An event that waits to be written, with what was known when it was told. */
export interface Waiting {
  readonly event: ChatEvent
  readonly heardAt: EpochMs
  /** For a page: when it was asked for. */
  readonly askedAt?: EpochMs
  /** For a page: nothing was lost since it was asked for. */
  readonly isFollowed: boolean
  /** True for a draft whose message has left meanwhile. */
  isOver?: boolean
}

/** Writes what waits, in order. An event that cannot be read harms none of the others. */
export async function writeWaiting(
  writing: Writing<Rows>,
  waiting: readonly Waiting[],
  ownId: UserId,
  tab: Tab,
): Promise<void> {
  const batch = new Batch(writing)
  await prefetchNames(batch, waiting)
  const messages = new MessageKeeper(batch, ownId, tab)
  const pages = new PageKeeper(batch, messages)
  const conversations = new ConversationKeeper(batch, messages, ownId)
  let unsettled = 0
  for (const one of waiting) {
    try {
      await take(one, batch, messages, pages, conversations, tab.now())
    } catch (error) {
      if (error instanceof StorageFailure) throw error
    }
    unsettled += Math.max(messagesOf(one).length, 1)
    if (unsettled < MOST_AT_ONCE) continue
    // The page has its turn while the database works.
    await batch.settle()
    unsettled = 0
  }
  await batch.settle()
}

async function prefetchNames(batch: Batch, waiting: readonly Waiting[]): Promise<void> {
  const keys: Key[] = []
  for (const one of waiting) {
    for (const message of messagesOf(one)) {
      if (!Array.isArray(message?.keys) || typeof message.conversationId !== 'string') continue
      for (const key of message.keys) if (typeof key === 'string') keys.push([message.conversationId, key])
    }
  }
  await batch.prefetch('names', keys)
  await batch.prefetch('tombstones', keys)
}

/** The messages that were received with it, whatever else it is. */
function messagesOf({ event }: Waiting): readonly Message[] {
  return event?.type === 'message.received' && Array.isArray(event.messages) ? event.messages : []
}

async function take(
  { event, isOver, ...telling }: Waiting,
  batch: Batch,
  messages: MessageKeeper,
  pages: PageKeeper,
  conversations: ConversationKeeper,
  now: EpochMs,
): Promise<void> {
  const { heardAt } = telling
  switch (event.type) {
    case 'message.received':
      for (const message of event.messages) await addLive(message, false)
      break
    case 'message.sent':
      await addLive(event.message, true)
      break
    case 'message.changed':
      for (const change of event.changes) await messages.change(change, { heardAt })
      break
    case 'history.loaded':
      await pages.addPage(event.request.conversationId, event.page, event.beside, telling)
      break
    case 'timeline.interrupted':
      for (const id of event.conversationIds) await messages.interrupt(id)
      break
    case 'session.changed':
      if (event.session.state === 'online' && !event.session.hasContinuity) await beginEpoch(batch)
      break
    case 'conversation.changed':
      for (const patch of event.conversations) await conversations.patch(patch)
      break
    case 'conversations.listed':
      for (const conversation of event.conversations) await conversations.put(conversation)
      break
    case 'conversation.removed':
      for (const id of event.ids) {
        await conversations.remove(id, event.withHistory)
        batch.delete('meta', `${PINNED_HERE}${id}`)
      }
      break
    case 'conversation.cleared':
      await conversations.clear(event.id, event.upToAt)
      break
    case 'receipt.received':
      for (const receipt of event.receipts) await conversations.addReceipt(receipt)
      break
    case 'profile.changed':
      await patchNouns<Profile>('profiles', event.profiles)
      break
    case 'profiles.fetched':
      putNouns('profiles', event.found, event.missing)
      break
    case 'group.changed':
      await patchNouns<Group>('groups', event.groups)
      break
    case 'groups.fetched':
      putNouns('groups', event.found, event.missing)
      break
    case 'contact.changed':
      for (const patch of event.contacts) {
        const known = (await batch.get('contacts', patch.userId))?.contact
        batch.put('contacts', { userId: patch.userId, contact: patched(known, patch) })
      }
      break
    case 'contact.removed':
      for (const userId of event.userIds) batch.delete('contacts', userId)
      break
    case 'contacts.listed':
      for (const { userId } of await batch.range('contacts', {})) batch.delete('contacts', userId)
      for (const contact of event.contacts) batch.put('contacts', { userId: contact.userId, contact })
      break
    case 'friendRequest.changed':
      for (const patch of event.requests) await patchRequest(patch)
      break
    case 'friendRequest.removed':
      for (const id of event.ids) batch.delete('friendRequests', id)
      break
    case 'friendRequests.listed':
      for (const { id } of await batch.range('friendRequests', {})) batch.delete('friendRequests', id)
      for (const request of event.requests) batch.put('friendRequests', { id: request.id, request })
      break
    case 'blocklist.changed':
      for (const { userId } of await batch.range('blocked', {})) batch.delete('blocked', userId)
      for (const userId of event.userIds) batch.put('blocked', { userId })
      break
    case 'draft.changed':
      if (!isOver) await putDraft(event, heardAt)
      break
    case 'members.listed':
      if (!event.isMore) await keepMembers(event.groupId, () => event.members)
      break
    case 'member.changed':
      await keepMembers(event.groupId, (known) =>
        known?.map((member) => {
          const news = event.members.find(({ userId }) => userId === member.userId)
          return news ? patched(member, news) : member
        }),
      )
      break
    case 'member.removed':
      await keepMembers(event.groupId, (known) =>
        known?.filter(({ userId }) => !event.userIds.includes(userId)),
      )
      break
    case 'announcement.seen':
      batch.put('meta', { id: `${ANNOUNCEMENT}${event.groupId}`, value: event.text })
      break
    case 'conversation.pinnedHere':
      if (event.isPinned) batch.put('meta', { id: `${PINNED_HERE}${event.conversationId}`, value: true })
      else batch.delete('meta', `${PINNED_HERE}${event.conversationId}`)
      break
    case 'habit.changed':
      batch.put('meta', { id: `${HABIT}${event.name}`, value: event.text })
      break
    case 'checkpoint.advanced':
      batch.put('meta', { id: 'checkpoint', value: event.checkpoint })
      break
    default:
      // Everything else says nothing that lasts.
      break
  }

  async function addLive(message: Message, isAnswer: boolean): Promise<void> {
    const kept = await messages.addLive(message, isAnswer, { heardAt })
    if (kept) await conversations.noteNewest(kept)
  }

  function putNouns<T extends Profile | Group>(
    table: 'profiles' | 'groups',
    found: readonly T[],
    missing: readonly string[],
  ): void {
    // Each table takes the nouns it is named after.
    for (const value of found) batch.put(table, { id: value.id, value, heardAt } as NounRow<never>)
    for (const id of missing) batch.put(table, { id, heardAt })
  }

  /** News about something never fetched is not all of it: it counts as heard long ago. */
  async function patchNouns<T extends Profile | Group>(
    table: 'profiles' | 'groups',
    patches: readonly { readonly id: string }[],
  ): Promise<void> {
    for (const patch of patches) {
      const known = (await batch.get(table, patch.id)) as NounRow<T> | undefined
      const value = patched<T>(known?.value, patch)
      // A group of which only news is known has no type yet: it is read when somebody asks for it.
      if (table === 'groups' && !('type' in value)) batch.delete(table, patch.id)
      else
        batch.put(table, { id: patch.id, value, heardAt: known?.value ? known.heardAt : 0 } as NounRow<never>)
    }
  }

  async function patchRequest(patch: Patch<FriendRequest, 'id' | 'userId' | 'direction'>): Promise<void> {
    const known = (await batch.get('friendRequests', patch.id))?.request
    const request = requestNow(known, patch)
    if (request) batch.put('friendRequests', { id: patch.id, request })
    else batch.delete('friendRequests', patch.id)
  }

  /** The first of them: enough to show who is in it while nobody can be asked. */
  async function keepMembers(
    groupId: GroupId,
    change: (known: readonly Member[] | undefined) => readonly Member[] | undefined,
  ): Promise<void> {
    const id = `${MEMBERS}${groupId}` as const
    const row = (await batch.get('meta', id)) as MembersRow | undefined
    const value = change(row?.value)?.slice(0, MOST_KEPT_MEMBERS)
    if (value) batch.put('meta', { id, value })
  }

  async function putDraft(
    { conversationId, draft, writtenAt }: Extract<ChatEvent, { type: 'draft.changed' }>,
    heardAt: EpochMs,
  ): Promise<void> {
    const wasSentAt = (await batch.get('drafts', conversationId))?.sentAt ?? Infinity
    // A clock that was put back says nothing of what came first.
    const sentAt = wasSentAt <= now ? wasSentAt : undefined
    // A tab that dies may have sent what it told here before, and nobody tells that any more.
    if (sentAt !== undefined && (writtenAt === undefined ? heardAt < sentAt : writtenAt <= sentAt)) return
    const kept = canBeCopied(draft) ? draft : { text: draft.text, attachments: [] }
    if (sentAt !== undefined) batch.put('drafts', { conversationId, draft: kept, sentAt })
    else if (isEmptyDraft(kept)) batch.delete('drafts', conversationId)
    else batch.put('drafts', { conversationId, draft: kept })
  }
}

/** From now on no stretch is known to be followed: one number says so of all. */
export async function beginEpoch(batch: Batch): Promise<void> {
  const row = await batch.get('meta', 'epoch')
  batch.put('meta', { id: 'epoch', value: (row?.id === 'epoch' ? row.value : 0) + 1 })
}
