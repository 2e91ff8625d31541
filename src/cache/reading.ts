import { comparePlaces, isSure, spanAt } from '../core/timeline'
import type { Place, Span } from '../core/timeline'
import type { CachedPageRequest } from '../core/ports'
import { isEmptyDraft } from '../model'
import type {
  CachedOpening,
  CacheStart,
  ConversationId,
  GroupId,
  HabitName,
  KnownEdge,
  KnownPage,
  Member,
  MessageRef,
} from '../model'
import { startingWith } from '../storage'
import type { Key, Reading as ReadingOf } from '../storage'
import { outboxItems } from './outboxTable'
import { ANNOUNCEMENT, HABIT, MEMBERS, PINNED_HERE } from './rows'
import type { MembersRow, MetaRow, MessageRow, Rows } from './rows'
import { epochOf, spansOf } from './spanTable'
import type { Tab } from './unnumbered'

type Reading = ReadingOf<Rows>
const MORE: KnownEdge = { more: true }
const NOTHING: KnownPage = { isKept: true, messages: [], changes: [], older: MORE, newer: MORE }
/** Nobody looks through more deleted messages than this when a conversation opens. */
const MOST_TOMBSTONES = 5_000

/** What a kit begins with. */
export async function readStart(reading: Reading): Promise<CacheStart> {
  const [
    checkpoint,
    conversations,
    drafts,
    contacts,
    friendRequests,
    blocked,
    ownReads,
    announcements,
    pinnedHere,
    habits,
    outbox,
  ] = await Promise.all([
    reading.get('meta', 'checkpoint'),
    reading.range('conversations', {}),
    reading.range('drafts', {}),
    reading.range('contacts', {}),
    reading.range('friendRequests', {}),
    reading.range('blocked', {}),
    reading.range('ownReads', {}),
    named(reading, ANNOUNCEMENT),
    named(reading, PINNED_HERE),
    named(reading, HABIT),
    outboxItems(reading),
  ])
  return {
    ...(checkpoint?.id === 'checkpoint' && { checkpoint: checkpoint.value }),
    conversations: conversations.flatMap(({ conversation, removedAt }) =>
      conversation && !removedAt ? [conversation] : [],
    ),
    drafts: drafts.filter(({ draft, sentAt }) => !sentAt || !isEmptyDraft(draft)),
    contacts: contacts.map(({ contact }) => contact),
    friendRequests: friendRequests.map(({ request }) => request),
    blockedIds: blocked.map(({ userId }) => userId),
    receipts: ownReads.map(({ receipt }) => receipt),
    seenAnnouncements: announcements.map(({ name, value }) => ({ groupId: name, text: String(value) })),
    pinnedHereIds: pinnedHere.map(({ name }) => name),
    habits: habits.map(({ name, value }) => ({ name: name as HabitName, text: String(value) })),
    outbox,
  }
}

/** The single values of one kind, by what their names end in. */
async function named(
  reading: Reading,
  prefix: string,
): Promise<readonly { readonly name: string; readonly value: MetaRow['value'] }[]> {
  const rows = await reading.range('meta', { from: prefix, to: `${prefix}\uffff` })
  return rows.map(({ id, value }) => ({ name: id.slice(prefix.length), value }))
}

/** The members of a group as they were listed last; none where nobody has looked. */
export async function readMembers(reading: Reading, groupId: GroupId): Promise<readonly Member[]> {
  const row = (await reading.get('meta', `${MEMBERS}${groupId}`)) as MembersRow | undefined
  return row?.value ?? []
}

/** The newest stretch of a conversation. */
export async function readNewest(
  reading: Reading,
  id: ConversationId,
  count: number,
  tab: Tab,
): Promise<CachedOpening> {
  const [spans, epoch, memories] = await Promise.all([
    spansOf(reading, id),
    epochOf(reading),
    memoriesOf(reading, id),
  ])
  const span = spans.at(-1)
  if (!span) return { page: NOTHING, ...memories }
  const { messages, edge, from, rows } = await goOlder(reading, id, span, span.to, count)
  const doubt = doubtOf(span, from, rows, epoch, tab)
  return { page: { ...NOTHING, ...doubt, messages, older: edge, newer: newerEdge(span, epoch) }, ...memories }
}

/** The stretch around a message; undefined where the message is not here. */
export async function readAround(
  reading: Reading,
  ref: MessageRef,
  count: number,
  tab: Tab,
): Promise<CachedOpening | undefined> {
  const id = ref.conversationId
  const row = await findRow(reading, ref)
  if (!row) return undefined
  const place = placeOf(row)
  const span = spanAt(await spansOf(reading, id), place) ?? { from: place, to: place }
  const older = await goOlder(reading, id, span, place, Math.floor(count / 2) + 1)
  const rest = Math.max(count - older.messages.length, 0)
  const newer = await goNewer(reading, id, span, [id, ...place, []], rest)
  const rows = [...older.rows, ...newer.rows]
  const epoch = await epochOf(reading)
  const page = {
    ...NOTHING,
    ...doubtOf(span, older.from, rows, epoch, tab),
    messages: [...older.messages, ...newer.messages],
    older: older.edge,
    newer: newer.isWhole ? newerEdge(span, epoch) : MORE,
  }
  return { page, ...(await memoriesOf(reading, id)) }
}

/** The messages beside one, up to the next hole. */
export async function readPage(reading: Reading, request: CachedPageRequest, tab: Tab): Promise<KnownPage> {
  const { conversationId: id, beside, direction, count } = request
  const spans = await spansOf(reading, id)
  const row = await findRow(reading, { ...beside, conversationId: id })
  const isOlder = direction === 'older'
  // By its number only, a message may be any of its equals: they are repeated.
  const bounds = row ? [placeOf(row), placeOf(row)] : boundsOf(beside)
  const [low, high] = bounds
  const span = low && high && spans.find(({ from, to }) => !isApart(from, to, low, high))
  if (!low || !high || !span) return NOTHING
  const epoch = await epochOf(reading)
  if (isOlder) {
    const from: Place = row ? [low[0], low[1], low[2] - 0.5] : high
    const older = await goOlder(reading, id, span, from, count)
    const doubt = doubtOf(span, older.from, older.rows, epoch, tab)
    return { ...NOTHING, ...doubt, messages: older.messages, older: older.edge }
  }
  const after: Key = row ? [id, ...high, []] : [id, ...low]
  const { messages, isWhole, rows } = await goNewer(reading, id, span, after, count)
  const doubt = doubtOf(span, low, rows, epoch, tab)
  return { ...NOTHING, ...doubt, messages, newer: isWhole ? newerEdge(span, epoch) : MORE }
}

/** The row of a message by any of its keys. */
export async function findRow(reading: Reading, ref: MessageRef): Promise<MessageRow | undefined> {
  const keys = (ref.keys ?? []).filter((key) => typeof key === 'string')
  if (typeof ref.conversationId !== 'string' || keys.length === 0) return undefined
  const names = await reading.getMany(
    'names',
    keys.map((key) => [ref.conversationId, key]),
  )
  const name = names.find((found) => found !== undefined)
  return name && reading.get('messages', [ref.conversationId, ...name.place])
}

/** From a place, itself included, down to where the stretch begins. */
async function goOlder(reading: Reading, id: ConversationId, span: Span, at: Place, count: number) {
  const range = { from: [id, ...span.from], to: [id, ...at], isReverse: true, limit: count + 1 }
  const found = await reading.range('messages', range)
  const edge: KnownEdge = found.length <= count && span.older ? { end: span.older } : MORE
  const last = found.length <= count ? undefined : found[count - 1]
  const rows = found.slice(0, count).reverse()
  return {
    rows,
    messages: messagesOf(rows),
    edge,
    from: last ? placeOf(last) : span.from,
  }
}

async function goNewer(reading: Reading, id: ConversationId, span: Span, from: Key, count: number) {
  const found = await reading.range('messages', { from, to: [id, ...span.to], limit: count + 1 })
  const rows = found.slice(0, count)
  return { rows, messages: messagesOf(rows), isWhole: found.length <= count }
}

function doubtOf(
  span: Span,
  from: Place,
  rows: readonly MessageRow[],
  epoch: number,
  { id, openedAt }: Tab,
): Pick<KnownPage, 'isDoubted'> {
  // What another tab wrote before this one began came with the checkpoint from which this one has heard everything.
  const isUnsure = rows.some(
    ({ unnumbered }) =>
      unnumbered && (unnumbered.isContested || (unnumbered.by !== id && unnumbered.at >= openedAt)),
  )
  return !isUnsure && isSure(span, from, epoch) ? {} : { isDoubted: true }
}

function newerEdge({ liveEpoch }: Span, epoch: number): KnownEdge {
  return liveEpoch !== undefined && liveEpoch === epoch ? { end: 'live' } : MORE
}

/** What is kept of a conversation beside its messages. */
async function memoriesOf(reading: Reading, id: ConversationId): Promise<Omit<CachedOpening, 'page'>> {
  const [tombstones, row, early, receipts] = await Promise.all([
    reading.range('tombstones', { ...startingWith(id), limit: MOST_TOMBSTONES }),
    reading.get('conversations', id),
    reading.get('earlyChanges', id),
    reading.range('receipts', startingWith(id)),
  ])
  const clearedUpToAt = row?.clearedUpToAt
  return {
    removedKeys: tombstones.map(({ key }) => key),
    ...(clearedUpToAt !== undefined && { clearedUpToAt }),
    earlyChanges: early?.changes.map(({ heardAt: _heardAt, ...change }) => change) ?? [],
    receipts: receipts.map(({ receipt }) => receipt),
  }
}

function boundsOf({ order }: MessageRef): readonly Place[] {
  if (!order || !Number.isFinite(order.major)) return []
  const minor = order.minor ?? ''
  return [
    [order.major, minor, -Infinity],
    [order.major, minor, Infinity],
  ]
}

function isApart(from: Place, to: Place, low: Place, high: Place): boolean {
  return comparePlaces(to, low) < 0 || comparePlaces(high, from) < 0
}

function placeOf({ major, minor, tie }: MessageRow): Place {
  return [major, minor, tie]
}

function messagesOf(rows: readonly MessageRow[]) {
  return rows.map(({ message }) => message)
}
