import type { Conversation, ConversationId, Message, MessageKey } from '../../../model'
import type { Archive, ArchivePage } from '../archive/archive'
import { LARGEST_PAGE } from '../archive/archive'
import type { Intake } from '../messages/intake'
import type { Reading } from '../messages/reading'
import type { Rooms } from '../rooms/rooms'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { directId } from '../wire/names'
import type { Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'
import { directConversation, roomConversation } from './addressed'
import type { Bookmarks } from './bookmarks'
import type { ConversationSettings } from './settings'
import type { Unread } from './unread'

/** What the list is gathered from. */
export interface ListingSetup {
  readonly wire: Wire
  readonly archive: Archive
  readonly intake: Intake
  readonly rooms: Rooms
  readonly bookmarks: Bookmarks
  readonly unread: Unread
  readonly settings: ConversationSettings
}

const MOST_SCANNED_PAGES = 5
/** Contacts whose last word may be older than the stretch that was scanned. */
const MOST_CONTACTS = 50
/** Changes may stand after the newest message, and what is unread is counted. */
const LOOK_BACK = 30
const AT_ONCE = 8

/** All conversations: the rooms kept, whoever one wrote with lately, and contacts one wrote with before. */
export async function listConversations(setup: ListingSetup, me: Me): Promise<readonly Conversation[]> {
  const [direct, groups] = await Promise.all([listDirect(setup, me), listRooms(setup, me)])
  return [...groups, ...direct]
    .map((one) => ({
      ...one,
      ...setup.settings.of(one.id),
      unreadCount: setup.unread.countOf(one.id),
    }))
    .sort((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0))
}

async function listDirect(setup: ListingSetup, me: Me): Promise<readonly Conversation[]> {
  const { archive, intake } = setup
  if (!archive.isOffered()) return []
  const contacts = contactsOf(setup)
  const readings: Reading[] = []
  let before = ''
  for (let pages = 0; pages < MOST_SCANNED_PAGES; pages++) {
    const page: ArchivePage = await archive.query({ before, count: LARGEST_PAGE })
    readings.unshift(...intake.read(page.entries, me))
    if (page.isComplete || page.firstId === undefined) break
    before = page.firstId
  }
  setup.unread.note(readings, 'listed')
  const lastById = lastMessages(readings)
  const jids = new Map(readings.map(({ conversationId, jid }) => [conversationId, jid]))
  const found = [...lastById].flatMap(([id, last]) => {
    const jid = jids.get(id)
    return jid === undefined ? [] : [{ ...directConversation(me, jid), last }]
  })
  // What was pinned is looked for however long it is silent.
  const silent = new Set([...setup.settings.pinnedJids(), ...(await contacts)])
  const others = [...silent].filter((jid) => !lastById.has(directId(jid))).slice(0, MOST_CONTACTS)
  const older = await inTurns(others, async (jid) => {
    const last = await lastOf(setup, me, { with: jid })
    return last ? [{ ...directConversation(me, jid), last }] : []
  })
  return [...found, ...older.flat()]
}

async function listRooms(setup: ListingSetup, me: Me): Promise<readonly Conversation[]> {
  const { rooms, bookmarks } = setup
  const jids = new Set([...bookmarks.all().map(({ room }) => room), ...rooms.all().map(({ jid }) => jid)])
  return inTurns([...jids], async (jid) => {
    const isIn = rooms.get(jid)?.isJoined && rooms.featuresOf(jid).has(NS.archive)
    const last = isIn ? await lastOf(setup, me, { room: jid }) : undefined
    return { ...roomConversation(jid), ...(last && { last }) }
  })
}

async function lastOf(
  { archive, intake, unread }: ListingSetup,
  me: Me,
  where: { readonly room: BareJid } | { readonly with: BareJid },
): Promise<Message | undefined> {
  // One that cannot be read has no preview, and takes none from the others.
  const page = await archive.query({ ...where, before: '', count: LOOK_BACK }).catch(() => undefined)
  const readings = page && intake.read(page.entries, me)
  if (readings) unread.note(readings, 'listed')
  return readings && [...lastMessages(readings).values()][0]
}

function lastMessages(readings: readonly Reading[]): ReadonlyMap<ConversationId, Message> {
  const lastById = new Map<ConversationId, Message>()
  const recalledKeys = new Set<MessageKey>()
  for (const { conversationId, message, changes } of readings) {
    if (message && message.delivery === 'stored') lastById.set(conversationId, message)
    for (const change of changes)
      if (change.kind === 'recalled') change.ref.keys.forEach((key) => recalledKeys.add(key))
  }
  for (const [id, last] of lastById) {
    if (last.keys.some((key) => recalledKeys.has(key))) lastById.set(id, { ...last, recalled: {} })
  }
  return lastById
}

async function contactsOf({ wire }: ListingSetup): Promise<readonly BareJid[]> {
  const payload = xml('query', { xmlns: NS.roster })
  const answer = await wire.request({ type: 'get', payload }).catch(() => undefined)
  return elementsOf(elementOf(answer, 'query', NS.roster), 'item').flatMap(
    (item) => bareJid(attrOf(item, 'jid')) ?? [],
  )
}

/** A few at a time, so that a long list does not flood the server. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))))
  }
  return results
}
