import type { CachedOpening, CacheStart, Habit, KnownEdge, KnownPage } from '../../model'
import { isOutboxItem } from '../outbox'
import { id, isRecord, key, list, oneOf, or, pastMoment, prose, shape, url } from './sound'
import { soundChange, soundReceipt } from './soundChange'
import { soundConversation, soundDraft, soundHabitName } from './soundConversation'
import { soundMessage } from './soundMessage'
import { soundContact, soundRequest } from './soundPeople'
import type { Tally } from './tally'

const CURSOR = shape<KnownEdge>({ cursor: url })
const END = shape<KnownEdge>({ end: oneOf('start', 'retention', 'joined', 'live', 'unknown') })
const MORE: KnownEdge = { more: true }
const KEPT_DRAFT = shape<CacheStart['drafts'][number]>({ conversationId: id, draft: soundDraft })
const SEEN_ANNOUNCEMENT = shape<NonNullable<CacheStart['seenAnnouncements']>[number]>({
  groupId: id,
  text: prose,
})
const HABIT = shape<Habit>({ name: soundHabitName, text: prose })

/** An edge that cannot be read is no end: history can be asked for there. */
const soundEdge = (told: unknown): KnownEdge => END(told) ?? CURSOR(told) ?? MORE

/** A page of history with nothing but messages and changes that can be read; undefined where it is no page. */
export function soundPage(told: unknown, tally: Tally): KnownPage | undefined {
  if (!isRecord(told)) return undefined
  const messages = tally.items(told['messages'], soundMessage)
  const changes = tally.items(told['changes'] ?? [], soundChange)
  if (!messages) return undefined
  return {
    messages,
    changes: changes ?? [],
    older: soundEdge(told['older']),
    newer: soundEdge(told['newer']),
    ...(told['isKept'] === true && { isKept: true }),
    ...(told['isDoubted'] === true && { isDoubted: true }),
  }
}

/** What this machine kept of a conversation: a row that broke is passed over. */
export function soundOpening(told: unknown, tally: Tally): CachedOpening | undefined {
  if (!isRecord(told)) return undefined
  const page = soundPage(told['page'], tally)
  if (!page) return undefined
  const clearedUpToAt = pastMoment(told['clearedUpToAt'])
  return {
    page,
    removedKeys: or(list(key), [])(told['removedKeys']) ?? [],
    earlyChanges: tally.items(told['earlyChanges'], soundChange) ?? [],
    receipts: tally.items(told['receipts'], soundReceipt) ?? [],
    ...(clearedUpToAt !== undefined && { clearedUpToAt }),
  }
}

/** What a kit begins with: a row that broke is passed over. */
export function soundStart(told: unknown, tally: Tally): CacheStart | undefined {
  if (!isRecord(told)) return undefined
  const checkpoint = url(told['checkpoint'])
  return {
    ...(checkpoint && { checkpoint }),
    conversations: tally.items(told['conversations'], soundConversation) ?? [],
    drafts: tally.items(told['drafts'], KEPT_DRAFT) ?? [],
    contacts: tally.items(told['contacts'], soundContact) ?? [],
    friendRequests: tally.items(told['friendRequests'] ?? [], soundRequest) ?? [],
    blockedIds: tally.items(told['blockedIds'] ?? [], id) ?? [],
    receipts: tally.items(told['receipts'], soundReceipt) ?? [],
    seenAnnouncements: tally.items(told['seenAnnouncements'] ?? [], SEEN_ANNOUNCEMENT) ?? [],
    pinnedHereIds: tally.items(told['pinnedHereIds'] ?? [], id) ?? [],
    habits: tally.items(told['habits'] ?? [], HABIT) ?? [],
    outbox: tally.items(told['outbox'], (item) => (isOutboxItem(item) ? item : undefined)) ?? [],
  }
}
