import type { MessagesFacet } from '../../../core/ports'
import { copied } from '../../../core/data'
import { utf8ByteLength } from '../../../core/text'
import type { AbilityScope, Message, MessageRef, OutgoingMessage, Task, Verdict } from '../../../model'
import { isChatError, toChatError } from '../../../model'
import type { Ability } from '../../../core/ports'
import type { Archive } from '../archive/archive'
import { LARGEST_PAGE } from '../archive/archive'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import { NS } from '../wire/namespaces'
import { addressOf } from '../wire/names'
import { asUser } from '../wire/wire'
import type { Area, Me, Wire } from '../wire/wire'
import { writeXml } from '../wire/writeXml'
import { xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import type { Delivery } from './delivery'
import { findMessage } from './find'
import { readHistory } from './history'
import type { Intake } from './intake'
import { clientIdIn, keyOfSender } from './keys'
import {
  editStanza,
  messageStanza,
  moderateRequest,
  reactionStanza,
  retractStanza,
  typingStanza,
} from './outgoing'
import { createOnce } from './once'
import { soundParts } from './parts'
import { placeOf } from './place'
import type { Place } from './place'
import type { Reading } from './reading'

/** How much of what a server takes at once a message may fill: some room is left for what is put around it. */
const FILLED = 0.96

/** What the messages work with. */
export interface MessagesSetup {
  readonly wire: Wire
  readonly archive: Archive
  readonly rooms: Rooms
  readonly delivery: Delivery
  readonly intake: Intake
  /** Whoever sends more at once is thrown out, with all that is on its way, and again whenever it is sent again. */
  readonly stanzaBytes: number
}

/** Sending, reading and changing messages. */
export function createMessages(setup: MessagesSetup): { readonly facet: MessagesFacet; readonly area: Area } {
  const { wire, archive, rooms, delivery, intake, stanzaBytes } = setup

  const find = (me: Me, ref: MessageRef) =>
    findMessage({ archive, intake, delivery, clock: wire.clock }, me, ref)
  const once = createOnce({ clock: wire.clock, find, isKept: archive.isOffered })

  function requireOpen(place: Place): void {
    if (place.room !== undefined && !rooms.get(place.room)) throw refusals.notInConversation()
  }

  /** A new stream enters its rooms one after the other: that one is not in a room yet is no reason to refuse. */
  async function whenOpen(place: Place): Promise<void> {
    requireOpen(place)
    if (place.room !== undefined) await rooms.join(place.room)
  }

  function isKeptAt(place: Place): boolean {
    return place.room === undefined ? archive.isOffered() : intake.isFollowed(place.room)
  }

  /** Sends a stanza and waits until it is certain that it stays. */
  async function deliver(place: Place, stanza: Xml, id: string): Promise<Reading | undefined> {
    if (utf8ByteLength(writeXml(stanza)) > stanzaBytes * FILLED) throw refusals.tooLarge('the message')
    const isUnkept = stanza.children.some((child) => typeof child !== 'string' && child.name === 'no-store')
    if (place.room === undefined && (isUnkept || !isKeptAt(place))) {
      wire.send(stanza)
      // Stanzas are taken in order: an answer to a later question says that the server has this one.
      const me = wire.me()
      await wire
        .request({ type: 'get', to: me?.domain ?? '', payload: xml('ping', { xmlns: NS.ping }) })
        .catch(() => {
          throw refusals.offline('unknown')
        })
      return undefined
    }
    return delivery.deliver(stanza, id, (isAgain) => intake.readOn(place.room, isAgain))
  }

  async function send(me: Me, message: OutgoingMessage, onWritten: () => void): Promise<Message> {
    const place = placeOf(message?.conversationId)
    await whenOpen(place)
    const stanza = messageStanza(me, place, message)
    onWritten()
    const reading = await deliver(place, stanza, message.clientId)
    return reading?.message ?? sentMessage(me, message)
  }

  function sentMessage(me: Me, message: OutgoingMessage): Message {
    const { clientId, forwardOf: _source, ...body } = message
    return {
      ...body,
      keys: [keyOfSender(me.userId, clientId)],
      sentAt: wire.clock.now(),
      senderId: me.userId,
    }
  }

  function sendTask(given: OutgoingMessage): Task<Message> {
    let message: OutgoingMessage
    try {
      // Whoever changes his own later has not changed what he sent.
      message = { ...copied(given), parts: soundParts(given?.parts) }
    } catch (error) {
      return { result: Promise.reject(toChatError(error)), cancel: () => undefined }
    }
    let isWritten = false
    let giveUp: (() => void) | undefined
    const cancelled = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(refusals.cancelled())
    })
    let isCancelled = false
    const work = asUser(wire, async (me) => {
      if (isCancelled) throw refusals.cancelled()
      return copied(await once.send(me, message, () => send(me, message, () => (isWritten = true))))
    })
    const result = Promise.race([work, cancelled])
    // Whoever cancels may not be listening any more.
    work.catch(() => undefined)
    return {
      result,
      cancel() {
        if (isWritten) return
        isCancelled = true
        giveUp?.()
      },
    }
  }

  function act(
    ref: MessageRef,
    build: (me: Me, place: Place, id: string) => Xml,
  ): Promise<Reading | undefined> {
    return asUser(wire, async (me) => {
      const place = placeOf(ref?.conversationId)
      await whenOpen(place)
      const id = wire.ids.next()
      return deliver(place, build(me, place, id), id)
    })
  }

  async function recall(ref: MessageRef, reason?: string): Promise<void> {
    const me = wire.me()
    const senderId = ref?.senderId ?? clientIdIn(ref?.keys)?.senderId
    if (me && senderId !== undefined && senderId !== me.userId) return moderate(ref, reason)
    await act(ref, (_me, place, id) => retractStanza(place, id, ref))
  }

  function moderate(ref: MessageRef, reason: string | undefined): Promise<void> {
    return asUser(wire, async () => {
      const place = placeOf(ref.conversationId)
      if (place.room === undefined) throw refusals.notMyMessage()
      await wire
        .request({ type: 'set', to: place.room, payload: moderateRequest(ref, reason) })
        .catch((error) => {
          const isMissing = isChatError(error) && error.kind === 'unsupported'
          throw isMissing ? refusals.notOffered('this room has no moderation') : error
        })
      await intake.readOn(place.room)
    })
  }

  const facet: MessagesFacet = {
    send: sendTask,
    history: (request) =>
      asUser(wire, async (me) => {
        const { room } = placeOf(request?.conversationId)
        if (room !== undefined && rooms.featuresOf(room).size === 0) await rooms.learn(room)
        return readHistory(archive, intake, me, request)
      }),
    find: (ref) => asUser(wire, (me) => find(me, ref)),
    recall,
    async edit(message, body) {
      const revision = Math.max(wire.clock.now(), (message?.revision ?? 0) + 1)
      const parts = soundParts(body?.parts)
      await act(message, (me, place, id) => editStanza(me, place, id, message, { ...body, parts }, revision))
      const { mentions } = body
      const { mentions: _before, ...rest } = message
      return { ...rest, parts, ...(mentions && { mentions }), revision }
    },
    async setReactions(ref, _before, after) {
      await act(ref, (_me, place, id) => reactionStanza(place, id, ref, after))
    },
    setTyping(conversationId, isTyping) {
      try {
        const place = placeOf(conversationId)
        requireOpen(place)
        wire.send(typingStanza(place, isTyping))
      } catch (error) {
        // A sign of typing that cannot be given is not worth an error.
        wire.reject(`typing: ${String(toChatError(error).code)}`)
      }
    },
  }

  function verdict(ability: Ability, scope: AbilityScope): Verdict | undefined {
    const me = wire.me()
    const address = addressOf(scope.conversationId ?? scope.message?.conversationId)
    const isElsewhere = address?.kind === 'group' && !rooms.get(address.jid)
    if (ability === 'messages.history') {
      return archive.isOffered() ? (isElsewhere ? 'try' : 'yes') : refusals.notOffered('nothing is kept here')
    }
    if (!ability.startsWith('messages.')) return undefined
    if (ability === 'messages.send' && (scope.part === 'notice' || scope.part === 'unsupported')) {
      return refusals.unsupported()
    }
    if (isElsewhere && ability !== 'messages.find') return refusals.notInConversation()
    if (ability === 'messages.send' && address?.kind === 'group') return speakVerdict(address.jid)
    const isOthers = scope.message !== undefined && scope.message.senderId !== me?.userId
    if (ability === 'messages.edit' && isOthers) return refusals.notMyMessage()
    if (ability === 'messages.recall' && isOthers) return moderationVerdict(address?.kind, address?.jid)
    return 'yes'
  }

  function speakVerdict(jid: string): Verdict {
    const room = rooms.get(jid)
    const role = room?.occupantsByNick.get(room.nick)?.role
    return role === 'visitor' ? refusals.muted() : 'yes'
  }

  function moderationVerdict(kind: 'direct' | 'group' | undefined, jid = ''): Verdict {
    const room = kind === 'group' ? rooms.get(jid) : undefined
    if (!room) return refusals.notMyMessage()
    if (!rooms.featuresOf(jid).has(NS.moderation)) return refusals.notOffered('this room has no moderation')
    return room.occupantsByNick.get(room.nick)?.role === 'moderator' ? 'yes' : refusals.notMyMessage()
  }

  const area: Area = {
    async onSignIn({ diedAt }) {
      if (diedAt !== undefined) delivery.sendAgain(diedAt)
    },
    verdict,
    limits: () => ({ pageSize: LARGEST_PAGE }),
    onEnd() {
      once.forget()
      delivery.forget()
    },
  }
  return { facet, area }
}
