import type { Message, MessageChange, MessageRef, Receipt } from '../../../model'
import { ensure, plain, shortened } from '../ensure'

const CHANGE_KINDS: Readonly<Record<MessageChange['kind'], true>> = {
  recalled: true,
  edited: true,
  removed: true,
  failed: true,
  'reaction-totals': true,
  'reactions-of': true,
  extensions: true,
  pinned: true,
  opened: true,
}

/** Fails unless a message has what every message must have. */
export function ensureWhole(message: Message): void {
  const words = `the message ${shortened(plain(message))}`
  ensure(message.keys.length > 0, `${words} has no key, so nothing can be said about it later`)
  ensure(
    message.keys.every((key) => typeof key === 'string' && key !== ''),
    `${words} has a key that is no text`,
  )
  ensure(new Set(message.keys).size === message.keys.length, `${words} has a key twice`)
  ensure(
    typeof message.conversationId === 'string' && message.conversationId !== '',
    `${words} has no conversation`,
  )
  ensure(typeof message.senderId === 'string' && message.senderId !== '', `${words} has no sender`)
  ensure(
    Number.isFinite(message.sentAt) && message.sentAt > 0,
    `${words} has no time: sentAt is milliseconds since 1970`,
  )
  ensure(Array.isArray(message.parts), `${words} has no list of parts`)
  ensure(
    ['stored', 'uncounted', 'online-only'].includes(message.delivery),
    `${words} does not say how it is delivered`,
  )
}

/** Fails unless a change says what it is about and who says so. */
export function ensureChange(change: MessageChange): void {
  ensure(Object.hasOwn(CHANGE_KINDS, change.kind), `'${String(change.kind)}' is no kind of change`)
  ensure(
    typeof change.isVouched === 'boolean',
    `a change of kind '${change.kind}' does not say whether the server vouches for it`,
  )
  ensureRef(change.ref, `a change of kind '${change.kind}'`)
  const isClaim = !change.isVouched && change.kind !== 'failed'
  ensure(
    !isClaim || change.byId !== undefined,
    `a change of kind '${change.kind}' that nobody vouches for does not say whose it is (byId)`,
  )
}

/** Fails unless a receipt says how far, or how many. */
export function ensureReceipt(receipt: Receipt): void {
  if (receipt.kind === 'counts') return ensureRef(receipt.ref, 'a receipt')
  ensure(receipt.kind === 'upTo', `'${String((receipt as Receipt).kind)}' is no kind of receipt`)
  ensure(['delivered', 'read'].includes(receipt.state), `a receipt says '${receipt.state}'`)
  const { point } = receipt
  if ('message' in point) ensureRef(point.message, 'a receipt')
  else ensure(Number.isFinite(point.at), 'a receipt has neither a message nor a time')
}

function ensureRef(ref: MessageRef, words: string): void {
  ensure(
    typeof ref.conversationId === 'string' && ref.conversationId !== '',
    `${words} names no conversation`,
  )
  ensure(ref.keys.length > 0, `${words} names no message: its ref has no keys`)
}

/** What a value holds that does not survive being stored; a ChatError is plain enough. */
export function strangeIn(value: unknown, path = ''): string | undefined {
  if (value === null || ['string', 'boolean', 'undefined'].includes(typeof value)) return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value} at ${path}`
  if (typeof value !== 'object') return `a ${typeof value} at ${path}`
  if (value instanceof Error || path.endsWith('.cause')) return undefined
  if (Array.isArray(value)) return firstStrange(value.entries(), path)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return `an object of a class at ${path}`
  return firstStrange(Object.entries(value), path)
}

function firstStrange(
  entries: Iterable<readonly [string | number, unknown]>,
  path: string,
): string | undefined {
  for (const [name, value] of entries) {
    const strange = strangeIn(value, `${path}.${name}`)
    if (strange !== undefined) return strange
  }
  return undefined
}
