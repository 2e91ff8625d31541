import type { Clock } from '../../../core/ports'
import type { Message, MessageChange, MessageRef } from '../../../model'
import type { Archive } from '../archive/archive'
import { LARGEST_PAGE } from '../archive/archive'
import type { Me } from '../wire/wire'
import type { Delivery } from './delivery'
import type { Intake } from './intake'
import { clientIdIn } from './keys'
import { placeOf } from './place'

/** The sender's clock may have been that far ahead of the server's. */
const BEFORE_MS = 120_000
const MOST_PAGES = 20
/** What a page that is gone had put on the wire has arrived by then, or never will. */
const SETTLED_AFTER_MS = 10_000

/** What finding works with. */
export interface FindSetup {
  readonly archive: Archive
  readonly intake: Intake
  readonly delivery: Delivery
  readonly clock: Clock
}

/** Looks for a message in the archive, from its time on. */
export async function findMessage(
  { archive, intake, delivery, clock }: FindSetup,
  me: Me,
  ref: MessageRef,
): Promise<Message | 'absent' | 'unknown'> {
  const place = placeOf(ref?.conversationId)
  const time = ref.order?.major ?? ref.sentAt
  if (time === undefined || !archive.isOffered()) return 'unknown'
  const clientId = clientIdIn(ref.keys)?.id
  if (clientId !== undefined && !delivery.wasSent(clientId)) await settle(clock, time)
  const keys = new Set(Array.isArray(ref.keys) ? ref.keys : [])
  const where = place.room === undefined ? { with: place.jid } : { room: place.room }
  let after: string | undefined
  let found: Message | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await archive.query({
      ...where,
      startAt: time - BEFORE_MS,
      ...(after !== undefined && { after }),
      count: LARGEST_PAGE,
    })
    for (const { message, changes } of intake.read(page.entries, me)) {
      if (!found && message?.keys.some((key) => keys.has(key))) found = message
      else if (found && changes.some((change) => takesBack(change, found))) {
        return { ...found, parts: [], recalled: {} }
      }
    }
    if (page.isComplete || page.lastId === undefined) {
      if (found) return found
      // On its way right now: nobody can know yet.
      return clientId !== undefined && delivery.isPending(clientId) ? 'unknown' : 'absent'
    }
    after = page.lastId
  }
  return found ?? 'unknown'
}

/** Only its sender, or the room itself, takes a message back. */
function takesBack(change: MessageChange, found: Message | undefined): boolean {
  if (change.kind !== 'recalled' || !found) return false
  const isAllowed = change.isVouched || change.byId === found.senderId
  return isAllowed && change.ref.keys.some((key) => found.keys.includes(key))
}

/**
 * What this page has sent ended with its stream: a new one takes the name of the old at the server. Of another page it
 * is not known when its stream ended.
 */
function settle(clock: Clock, sentAt: number): Promise<void> {
  const leftMs = Math.min(SETTLED_AFTER_MS, sentAt + SETTLED_AFTER_MS - clock.now())
  return leftMs <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(leftMs, resolve))
}
