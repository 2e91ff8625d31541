import type {
  ConversationId,
  HistoryEdge,
  HistoryPage,
  HistoryRequest,
  Message,
  MessageChange,
  MessageRef,
} from '../../model'
import { isChatError } from '../../model'
import { BrokenRule, ensure } from './ensure'
import { isSame } from './person'
import type { Person } from './person'

/** The newest page. */
export function newestPage(person: Person, conversationId: ConversationId, count = 20): Promise<HistoryPage> {
  return page(person, { conversationId, from: 'newest', direction: 'older', count })
}

/** The newest messages, at least so many where there are so many, however short the pages are. */
export async function recent(
  person: Person,
  conversationId: ConversationId,
  count = 20,
): Promise<readonly Message[]> {
  const first: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count }
  const { messages } = await walk(person, first, 'by cursor', (read) => read.length >= count)
  return messages
}

/** One page, looked at for what every page has to be. */
export async function page(person: Person, request: HistoryRequest): Promise<HistoryPage> {
  const read = await person.transport.messages.history(request)
  ensurePage(read, request)
  return read
}

function ensurePage({ messages, changes, older, newer }: HistoryPage, request: HistoryRequest): void {
  ensure(
    Array.isArray(messages) && Array.isArray(changes),
    'a page has a list of messages and one of changes',
  )
  ensureEdge(older, 'older')
  ensureEdge(newer, 'newer')
  // It may repeat its anchor and hold one more for it.
  ensure(
    messages.length <= request.count + 1,
    `a page of at most ${request.count} holds ${messages.length} messages`,
  )
  for (const [index, message] of messages.entries()) {
    const isHere = message.conversationId === request.conversationId
    ensure(isHere, `a page of "${request.conversationId}" holds a message of "${message.conversationId}"`)
    const twin = messages.findIndex((other) => isSame(other, message))
    ensure(twin === index, 'a page holds one message twice')
  }
}

function ensureEdge(edge: HistoryEdge, side: string): void {
  const isCursor = 'cursor' in edge && typeof edge.cursor === 'string' && edge.cursor !== ''
  const isEnd = 'end' in edge && ['start', 'retention', 'joined', 'live', 'unknown'].includes(edge.end)
  ensure(isCursor !== isEnd, `the ${side} edge of a page says either how it goes on or why it ends`)
}

/** How `walk` finds the next page. */
export type Stride = 'by cursor' | 'by message'

/**
 * Reads page after page until an edge says that it ends, or until `isEnough`. What pages repeat is there once; older pages
 * are put before newer ones, each in its own order.
 */
export async function walk(
  person: Person,
  first: HistoryRequest,
  stride: Stride,
  isEnough: (messages: readonly Message[]) => boolean = () => false,
): Promise<{ readonly messages: readonly Message[]; readonly changes: readonly MessageChange[] }> {
  const isOlder = first.direction === 'older'
  let messages: readonly Message[] = []
  let changes: readonly MessageChange[] = []
  let request = first
  for (let turns = 0; turns < 200; turns++) {
    const read = await page(person, request).catch((thrown: unknown) => {
      // A cursor may die; a message never does.
      if (isChatError(thrown) && thrown.kind === 'cursor-expired') return undefined
      throw thrown
    })
    const edge = read && (isOlder ? read.older : read.newer)
    if (read) {
      const news = read.messages.filter((message) => !messages.some((known) => isSame(known, message)))
      messages = isOlder ? [...news, ...messages] : [...messages, ...news]
      changes = isOlder ? [...read.changes, ...changes] : [...changes, ...read.changes]
    }
    if ((edge && 'end' in edge) || isEnough(messages)) return { messages, changes }
    const beside = isOlder ? messages[0] : messages.at(-1)
    // A page of nothing but changes has no message to go on beside.
    const isBare = read?.messages.length === 0
    const isByCursor = edge && 'cursor' in edge && (stride === 'by cursor' || !beside || isBare)
    ensure(isByCursor || beside, 'a page is empty and its cursor has expired: there is no way on')
    const from = isByCursor ? { cursor: edge.cursor } : { message: beside as Message }
    request = { ...first, from }
  }
  throw new BrokenRule('the history does not get on: 200 pages, and no end of them')
}

/**
 * A message as its conversation's history has it, with the changes that its pages hold; undefined where it is not there.
 */
export async function inHistory(
  person: Person,
  conversationId: ConversationId,
  ref: Pick<MessageRef, 'keys'>,
): Promise<Message | undefined> {
  const first: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count: 20 }
  const hasIt = (messages: readonly Message[]): boolean => messages.some((message) => isSame(message, ref))
  const { messages, changes } = await walk(person, first, 'by cursor', hasIt)
  const found = messages.find((message) => isSame(message, ref))
  return found && folded(found, changes)
}

/** A message after the changes to it: only those that the server vouches for or that its sender made. */
export function folded(message: Message, changes: readonly MessageChange[]): Message {
  const own = changes.filter(
    ({ ref, isVouched, byId }) => isSame(ref, message) && (isVouched || byId === message.senderId),
  )
  return own.reduce((changed, change) => {
    if (change.kind === 'recalled') return { ...changed, parts: [], recalled: {} }
    if (change.kind !== 'edited' || changed.recalled) return changed
    if ((change.revision ?? Infinity) < (changed.revision ?? 0)) return changed
    return { ...changed, ...change.body, ...(change.revision !== undefined && { revision: change.revision }) }
  }, message)
}

/** Changes one has heard of, of one kind and one message. */
export function heardChanges<K extends MessageChange['kind']>(
  person: Person,
  kind: K,
  ref: Pick<MessageRef, 'keys'>,
): readonly (MessageChange & { readonly kind: K })[] {
  return person
    .told('message.changed')
    .flatMap(({ changes }) => changes)
    .filter(
      (change): change is MessageChange & { readonly kind: K } =>
        change.kind === kind && isSame(change.ref, ref),
    )
}
