import type { ChatErrorShape, EpochMs, Stop } from '../../../model'
import { refusals } from '../refusals'
import { bareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import { attrOf } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { asCopy } from './copies'
import { clientIdIn } from './keys'
import type { Reading } from './reading'

/** What was sent and is not yet known to be kept. */
export interface Delivery {
  /** Sends a stanza; resolves with what the archive or the echo says of it. `id` is its origin id. */
  deliver(stanza: Xml, id: string, nudge: (isAgain: boolean) => Promise<void>): Promise<Reading>
  /** What an archive or an echo shows: what was waited for may be in it, or that the other end has something. */
  seen(reading: Reading): void
  /** True where it was waited for: the server, or whom it was sent to, will not have it. */
  refuse(bounce: Xml, error: ChatErrorShape): boolean
  isPending(id: string): boolean
  /** Whether this page has ever sent it. */
  wasSent(id: string): boolean
  /** The stream is gone: whether it arrived must be asked of the archive. */
  lose(): void
  /**
   * The server died at that moment. It writes a message between two people into the archive of each, one after the other:
   * what it had in hand may stand in the sender's alone. So that goes again, under the same name, by which everybody knows
   * that it is the same.
   */
  sendAgain(diedAt: EpochMs): void
  forget(): void
}
/** What the other end is not known to have. */
interface Unproven {
  readonly to: string | undefined
  readonly stanza: Xml
  readonly sentAt: EpochMs
}
interface Pending {
  readonly to: string | undefined
  resolve(reading: Reading): void
  reject(error: ChatErrorShape): void
}

const CONFIRMED_WITHIN_MS = 30_000
const LOOK_AGAIN_MS = [300, 1_000, 3_000, 6_000]
const MOST_REMEMBERED = 5_000
/** Whatever a server had taken for that long is in both archives, however busy it was. */
const KEPT_WITHIN_MS = 20_000

/** Everybody in a room knows what its messages are called: only whom a message was sent to can give it back. */
function isFromReceiver(from: string | undefined, to: string | undefined): boolean {
  return from === undefined || bareJid(from) === to
}

/** Nothing is on its way yet. */
export function createDelivery(wire: Wire): Delivery {
  const pendingById = new Map<string, Pending>()
  const sentIds = new Set<string>()
  const unprovenById = new Map<string, Unproven>()

  function remember(id: string, stanza: Xml): void {
    const sentAt = wire.clock.now()
    for (const [old, one] of unprovenById) {
      if (one.sentAt > sentAt - KEPT_WITHIN_MS) break
      unprovenById.delete(old)
    }
    unprovenById.delete(id)
    // A room has one archive.
    if (attrOf(stanza, 'type') === 'chat') unprovenById.set(id, { to: toOf(stanza), stanza, sentAt })
    sentIds.add(id)
    const [oldest] = sentIds
    if (sentIds.size > MOST_REMEMBERED && oldest !== undefined) sentIds.delete(oldest)
  }

  /** Stanzas come in the order in which they were sent: who has this one has those before it. */
  function prove(id: string, to: string): void {
    if (unprovenById.get(id)?.to !== to) return
    for (const [earlier, one] of unprovenById) {
      if (one.to === to) unprovenById.delete(earlier)
      if (earlier === id) return
    }
  }

  return {
    deliver: (stanza, id, nudge) =>
      new Promise((resolve, reject) => {
        let stopLooking: Stop | undefined
        const finish = () => {
          stopLimit()
          stopLooking?.()
          pendingById.delete(id)
        }
        const stopLimit = wire.clock.after(CONFIRMED_WITHIN_MS, () => {
          finish()
          reject(refusals.noAnswer('unknown'))
        })
        pendingById.set(id, {
          to: toOf(stanza),
          resolve(reading) {
            finish()
            resolve(reading)
          },
          reject(error) {
            finish()
            reject(error)
          },
        })
        try {
          wire.send(stanza)
          remember(id, stanza)
        } catch (thrown) {
          finish()
          return reject(thrown)
        }
        // The archive may be a moment behind the stream.
        const look = (times: number) =>
          void nudge(times > 0).finally(() => {
            const waitMs = LOOK_AGAIN_MS[times]
            if (!pendingById.has(id) || waitMs === undefined) return
            stopLooking = wire.clock.after(waitMs, () => look(times + 1))
          })
        look(0)
      }),
    seen(reading) {
      const pending =
        reading.isMine && reading.wireId !== undefined ? pendingById.get(reading.wireId) : undefined
      pending?.resolve(reading)
      if (reading.isMine) return
      for (const receipt of reading.receipts) {
        const ref = 'point' in receipt && 'message' in receipt.point ? receipt.point.message : undefined
        const id = clientIdIn(ref?.keys)?.id
        if (id !== undefined) prove(id, reading.jid)
      }
    },
    refuse(bounce, error) {
      const pending = pendingById.get(attrOf(bounce, 'id') ?? '')
      if (!pending || !isFromReceiver(attrOf(bounce, 'from'), pending.to)) return false
      unprovenById.delete(attrOf(bounce, 'id') ?? '')
      pending.reject(error)
      return true
    },
    isPending: (id) => pendingById.has(id),
    wasSent: (id) => sentIds.has(id),
    lose() {
      for (const pending of [...pendingById.values()]) pending.reject(refusals.offline('unknown'))
    },
    sendAgain(diedAt) {
      for (const [id, { sentAt, stanza }] of [...unprovenById]) {
        if (sentAt < diedAt - KEPT_WITHIN_MS) continue
        const copy = asCopy(stanza)
        wire.send(copy)
        remember(id, copy)
      }
    },
    forget() {
      unprovenById.clear()
      sentIds.clear()
    },
  }
}

function toOf(stanza: Xml): string | undefined {
  return bareJid(attrOf(stanza, 'to'))
}
