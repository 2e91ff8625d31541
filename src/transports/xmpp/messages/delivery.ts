import type { ChatErrorShape, Stop } from '../../../model'
import { refusals } from '../refusals'
import { bareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import { attrOf } from '../wire/xml'
import type { Xml } from '../wire/xml'
import type { Reading } from './reading'

/** What was sent and is not yet known to be kept. */
export interface Delivery {
  /** Sends a stanza; resolves with what the archive or the echo says of it. `id` is its origin id. */
  deliver(stanza: Xml, id: string, nudge: (isAgain: boolean) => Promise<void>): Promise<Reading>
  /** True where this was waited for. */
  seen(reading: Reading): boolean
  /** True where it was waited for: the server, or whom it was sent to, will not have it. */
  refuse(bounce: Xml, error: ChatErrorShape): boolean
  isPending(id: string): boolean
  /** Whether this page has ever sent it. */
  wasSent(id: string): boolean
  /** The stream is gone: whether it arrived must be asked of the archive. */
  lose(): void
}
interface Pending {
  readonly to: string | undefined
  resolve(reading: Reading): void
  reject(error: ChatErrorShape): void
}

const CONFIRMED_WITHIN_MS = 30_000
const LOOK_AGAIN_MS = [300, 1_000, 3_000, 6_000]
const MOST_REMEMBERED = 5_000

/** Everybody in a room knows what its messages are called: only whom a message was sent to can give it back. */
function isFromReceiver(from: string | undefined, to: string | undefined): boolean {
  return from === undefined || bareJid(from) === to
}

/** Nothing is on its way yet. */
export function createDelivery(wire: Wire): Delivery {
  const pendingById = new Map<string, Pending>()
  const sentIds = new Set<string>()

  function remember(id: string): void {
    sentIds.add(id)
    const [oldest] = sentIds
    if (sentIds.size > MOST_REMEMBERED && oldest !== undefined) sentIds.delete(oldest)
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
          to: bareJid(attrOf(stanza, 'to')),
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
          remember(id)
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
      return pending !== undefined
    },
    refuse(bounce, error) {
      const pending = pendingById.get(attrOf(bounce, 'id') ?? '')
      if (!pending || !isFromReceiver(attrOf(bounce, 'from'), pending.to)) return false
      pending.reject(error)
      return true
    },
    isPending: (id) => pendingById.has(id),
    wasSent: (id) => sentIds.has(id),
    lose() {
      for (const pending of [...pendingById.values()]) pending.reject(refusals.offline('unknown'))
    },
  }
}
