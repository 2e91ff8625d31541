import type { Clock, IdSource } from '../../../core/ports'
import type { ChatErrorShape } from '../../../model'
import { refusals, stanzaError } from '../refusals'
import { bareJid, parseJid } from './jid'
import { attrOf, xml } from './xml'
import type { Xml } from './xml'

/** A question to the server, a room, or another client. */
export interface Request {
  readonly type: 'get' | 'set'
  /** The own account when absent. */
  readonly to?: string
  readonly payload: Xml
  readonly timeLimitMs?: number
}
/** The questions that wait for their answers. */
export interface Requests {
  /** Resolves with the whole answer; rejects with the error it names, or when there is none in time. */
  ask(request: Request): Promise<Xml>
  /** Takes the answer to a question of ours; false for anything else, forged answers among it. */
  answer(stanza: Xml): boolean
  /** Nothing will answer any more. */
  abandon(error: (effect: 'none' | 'unknown') => ChatErrorShape): void
}
/** What asking works with. */
export interface RequestsSetup {
  readonly clock: Clock
  readonly ids: IdSource
  send(stanza: Xml): void
  /** The own address with the device. */
  ownJid(): string
}

const ANSWER_WITHIN_MS = 15_000

interface Waiting {
  readonly to: string | undefined
  settle(answer: Xml): void
  abandon(error: (effect: 'none' | 'unknown') => ChatErrorShape): void
}

/** Nothing is asked yet. */
export function createRequests({ clock, ids, send, ownJid }: RequestsSetup): Requests {
  const waitingById = new Map<string, Waiting>()

  /** Whoever is not asked cannot answer: a guessed id is not enough. */
  function isFromAsked(from: string | undefined, to: string | undefined): boolean {
    const own = parseJid(ownJid())
    if (to === undefined || bareJid(to) === own?.bare) {
      const sender = bareJid(from)
      return from === undefined || sender === own?.bare || sender === own?.domain
    }
    const [asked, answering] = [parseJid(to), parseJid(from)]
    return asked?.bare === answering?.bare && asked?.resource === answering?.resource
  }

  return {
    ask({ type, to, payload, timeLimitMs = ANSWER_WITHIN_MS }) {
      const id = ids.next()
      const effect = type === 'get' ? 'none' : 'unknown'
      return new Promise((resolve, reject) => {
        const forget = () => {
          stop()
          waitingById.delete(id)
        }
        const stop = clock.after(timeLimitMs, () => {
          forget()
          reject(refusals.noAnswer(effect))
        })
        waitingById.set(id, {
          to,
          settle(answer) {
            forget()
            if (attrOf(answer, 'type') === 'result') resolve(answer)
            else reject(stanzaError(answer))
          },
          abandon(error) {
            forget()
            reject(error(effect))
          },
        })
        try {
          send(xml('iq', { type, to, id }, payload))
        } catch (thrown) {
          forget()
          reject(thrown)
        }
      })
    },
    answer(stanza) {
      const type = attrOf(stanza, 'type')
      if (type !== 'result' && type !== 'error') return false
      const waiting = waitingById.get(attrOf(stanza, 'id') ?? '')
      if (!waiting || !isFromAsked(attrOf(stanza, 'from'), waiting.to)) return false
      waiting.settle(stanza)
      return true
    },
    abandon(error) {
      for (const waiting of [...waitingById.values()]) waiting.abandon(error)
    },
  }
}
