import type { ConversationsFacet } from '../../core/ports'
import type { BatchResult, Conversation, ConversationId, NotifyMode, Page, ReadPoint } from '../../model'
import { refOf, toChatError } from '../../model'
import { asUser, makeCursor, readCursor } from './caller'
import type { Caller, SignIn } from './caller'
import { checkedRef } from './checkedMessage'
import {
  checkedId,
  checkedList,
  checkedOptional,
  checkedRecord,
  checkedUserId,
  checkedWord,
} from './checkedValues'
import { clearHistory, markAllRead, removeConversation, restoreConversation } from './clearing'
import { groupConversationId } from './conversationIds'
import { ensureDirect, ensureKnownDirect } from './directConversation'
import {
  MOST_IN_FOLDERS,
  checkedConversationFolder,
  foldersOf,
  setFolder,
  setMark,
  setOwn,
  setPinned,
} from './conversationSettings'
import { conversationsOf } from './conversationsOf'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireMember } from './members'
import { findRow, readUpTo } from './messageStore'
import { tellRead } from './receipts'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import { isListed } from './shown'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

const NOTIFY_MODES: readonly NotifyMode[] = ['all', 'mentions', 'none', 'discard']

/** The list and what each user has set on it. */
export function createConversationsFacet(caller: Caller): ConversationsFacet {
  const { engine, knowledge } = caller
  const set = (id: ConversationId, patch: Partial<MemberRow>) =>
    asUser(caller, ({ userId }) =>
      engine.write((change) => setOwn(change, checkedId(id, 'id'), userId, patch)),
    )
  return {
    list: (cursor) =>
      asUser(caller, async (user) => {
        const page = await engine.read((reading) => listPage(reading, user, cursor))
        page.items.forEach(knowledge.learnConversation)
        return page
      }),
    open: (target) =>
      asUser(caller, async ({ userId }) => {
        const conversation = await engine.write((change) => open(change, userId, target))
        knowledge.learnConversation(conversation)
        return conversation
      }),
    markRead: (id, upTo) =>
      asUser(caller, ({ userId }) => engine.write((change) => markRead(change, id, userId, upTo))),
    setPinned: (id, isPinned) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => setPinned(change, checkedId(id, 'id'), userId, isPinned === true)),
      ),
    setMarkedUnread: (id, isMarkedUnread) => set(id, { isMarkedUnread: isMarkedUnread === true }),
    notifyModes: NOTIFY_MODES,
    setNotify: (ids, mode) =>
      asUser(caller, async () => {
        const notify = checkedWord(mode, 'mode', NOTIFY_MODES)
        return forEach(ids, (id) => set(id, { notify }))
      }),
    markAllRead: () => asUser(caller, ({ userId }) => engine.write((change) => markAllRead(change, userId))),
    remove: (ids, withHistory) =>
      asUser(caller, ({ userId }) =>
        forEach(ids, (id) =>
          engine.write((change) => removeConversation(change, id, userId, withHistory === true)),
        ),
      ),
    clearHistory: (id) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => clearHistory(change, checkedId(id, 'id'), userId)),
      ),
    setMark: (ids, mark, isSet) =>
      asUser(caller, async ({ userId }) => {
        const name = checkedId(mark, 'the mark')
        if (Array.isArray(ids) && ids.length > LIMITS.pageSize) throw refusals.tooManyMarked()
        return forEach(ids, (id) =>
          engine.write((change) => setMark(change, id, userId, name, isSet === true)),
        )
      }),
    folders: () => asUser(caller, ({ userId }) => engine.read((reading) => foldersOf(reading, userId))),
    setFolder: (name, ids, from) =>
      asUser(caller, async ({ userId }) => {
        const folder = checkedConversationFolder(name)
        const former = checkedOptional(from, checkedConversationFolder)
        const isMine = async (id: ConversationId) => {
          await engine.read((reading) => requireMember(reading, id, userId))
        }
        const result = await forEach(ids, isMine, MOST_IN_FOLDERS)
        await engine.write((change) => setFolder(change, userId, folder, result.done, former))
        return result
      }),
  }
}

/** Does one thing to several conversations; what fails for one does not keep it from the others. */
async function forEach(
  ids: readonly ConversationId[],
  work: (id: ConversationId) => Promise<void>,
  most: number = LIMITS.pageSize,
): Promise<BatchResult> {
  const wanted = checkedList(ids, 'ids', most, (id) => checkedId(id, 'id'))
  const done: ConversationId[] = []
  const failed: BatchResult['failed'][number][] = []
  for (const id of wanted) {
    await work(id).then(
      () => done.push(id),
      (error: unknown) => failed.push({ id, error: toChatError(error) }),
    )
  }
  return { done, pending: [], failed }
}

/** Newest first; the cursor names the last one given, so that what moves meanwhile comes by event. */
async function listPage(
  reading: Reading,
  user: SignIn,
  cursor: string | undefined,
): Promise<Page<Conversation>> {
  const after = cursor === undefined ? undefined : parsePlace(readCursor(user, 'conversations', cursor))
  const memberships = await reading.range('memberships', startingWith(user.userId))
  const ids = memberships.map((row) => row.conversationId)
  const members = await reading.getMany(
    'members',
    ids.map((id) => [id, user.userId]),
  )
  const rows = (await reading.getMany('conversations', ids))
    .filter((row, i) => row && members[i] && isListed(row, members[i]))
    .filter((row) => row !== undefined)
    .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)))
    .filter((row) => !after || comparePlaces(placeOf(row), after) > 0)
  const given = rows.slice(0, LIMITS.pageSize)
  const items = await conversationsOf(
    reading,
    user.userId,
    given.map((row) => row.id),
  )
  const last = given.at(-1)
  if (!last || rows.length === given.length) return { items }
  return { items, next: makeCursor(user, 'conversations', JSON.stringify(placeOf(last))) }
}

type ListPlace = readonly [at: number, id: ConversationId]

function placeOf(row: ConversationRow): ListPlace {
  return [row.lastAt || row.createdAt, row.id]
}

function parsePlace(text: string): ListPlace {
  try {
    const place: unknown = JSON.parse(text)
    if (Array.isArray(place) && typeof place[0] === 'number' && typeof place[1] === 'string') {
      return [place[0], place[1]]
    }
  } catch {
    // Falls through to the same answer: no cursor of this service looks like that.
  }
  throw refusals.oldCursor()
}

function comparePlaces([at, id]: ListPlace, [otherAt, otherId]: ListPlace): number {
  return otherAt - at || (id < otherId ? -1 : id > otherId ? 1 : 0)
}

async function open(change: Change, userId: string, target: unknown): Promise<Conversation> {
  const fields = checkedRecord(target, 'the target')
  const id =
    fields['userId'] !== undefined
      ? (await ensureDirect(change, userId, checkedUserId(fields['userId']))).id
      : fields['groupId'] !== undefined
        ? await groupTarget(change, checkedId(fields['groupId'], 'groupId'))
        : checkedId(fields['id'], 'id')
  await ensureKnownDirect(change, id, userId)
  await restoreConversation(change, id, userId)
  const [conversation] = await conversationsOf(change, userId, [id])
  if (!conversation) throw refusals.noSuchConversation()
  return conversation
}

async function groupTarget(reading: Reading, groupId: string): Promise<ConversationId> {
  const group = await reading.get('groups', groupId)
  if (!group || group.isDissolved) throw refusals.noSuchGroup()
  return groupConversationId(groupId)
}

async function markRead(change: Change, id: unknown, userId: string, upTo: unknown): Promise<ReadPoint> {
  const conversationId = checkedId(id, 'id')
  const { conversation, member } = await requireMember(change, conversationId, userId)
  const ref = checkedRef(upTo)
  const found = await findRow(change, conversation, ref)
  const seq = found?.seq ?? (ref.order && Math.min(Math.floor(ref.order.major), conversation.lastSeq))
  const row = seq === undefined ? undefined : await change.get('messages', [conversationId, seq])
  if (!row) throw refusals.noSuchMessage()
  const reader = readUpTo(member, row)
  if (reader !== member || member.isMarkedUnread) {
    await change.put('members', { ...reader, isMarkedUnread: false })
    await tellRead(change, conversation, userId)
  }
  const reached = await change.get('messages', [conversationId, reader.readSeq])
  return { message: refOf((reached ?? row).message) }
}
