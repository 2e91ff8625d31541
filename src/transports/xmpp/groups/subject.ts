import { refusals, stanzaError } from '../refusals'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import { attrOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { soundText } from '../wire/writeXml'
import type { RoomNews } from './roomNews'

/** Changing the subject of rooms. */
export interface Subjects {
  /** Resolves when the room has told it to everybody. */
  set(room: BareJid, text: string): Promise<void>
  /** Takes the room's refusal of a new subject. */
  hearRefusal(stanza: Xml): boolean
}

const TOLD_WITHIN_MS = 15_000

/** Nothing is being changed. */
export function createSubjects(wire: Wire, news: RoomNews): Subjects {
  const waitingById = new Map<string, { readonly room: BareJid; refuse(stanza: Xml): void }>()

  return {
    set(room, text) {
      const id = `subject-${wire.ids.next()}`
      const sound = soundText(text)
      return new Promise((resolve, reject) => {
        const leave = () => {
          stopClock()
          stopHearing()
          waitingById.delete(id)
        }
        const stopClock = wire.clock.after(TOLD_WITHIN_MS, () => {
          leave()
          reject(refusals.noAnswer('unknown'))
        })
        const stopHearing = news.onSubject((told, now) => {
          if (told !== room || now !== sound) return
          leave()
          resolve()
        })
        waitingById.set(id, {
          room,
          refuse(stanza) {
            leave()
            reject(stanzaError(stanza))
          },
        })
        try {
          wire.send(xml('message', { to: room, type: 'groupchat', id }, xml('subject', {}, sound)))
        } catch (error) {
          leave()
          reject(error)
        }
      })
    },
    hearRefusal(stanza) {
      const waiting = waitingById.get(attrOf(stanza, 'id') ?? '')
      const isRefusal = attrOf(stanza, 'type') === 'error'
      if (!waiting || !isRefusal || bareJid(attrOf(stanza, 'from')) !== waiting.room) return false
      waiting.refuse(stanza)
      return true
    },
  }
}
