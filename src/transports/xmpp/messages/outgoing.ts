import type { Message, MessageBody, MessageRef, OutgoingMessage } from '../../../model'
import { refusals } from '../refusals'
import { NS } from '../wire/namespaces'
import type { Me } from '../wire/wire'
import { xml } from '../wire/xml'
import type { Xml, XmlContent } from '../wire/xml'
import { writeExtras } from './extras'
import { archiveIdIn, clientIdIn } from './keys'
import { checkParts, extrasOf, extrasOfParts, writeParts } from './parts'
import type { Place } from './place'

/** A stanza into a conversation that carries its sender's name for it. */
function stanzaTo({ jid, kind }: Place, id: string, content: readonly XmlContent[]): Xml {
  const type = kind === 'group' ? 'groupchat' : 'chat'
  return xml('message', { to: jid, type, id }, content, xml('origin-id', { xmlns: NS.ids, id }))
}

const store = () => xml('store', { xmlns: NS.hints })

/** A new message. */
export function messageStanza(me: Me, place: Place, message: OutgoingMessage): Xml {
  checkParts(message.parts)
  const { clientId, delivery, replyTo } = message
  if (typeof clientId !== 'string' || clientId === '') throw refusals.invalid('a message without clientId')
  return stanzaTo(place, clientId, [
    ...writeParts(me, message),
    writeExtras(extrasOf(me, message)),
    replyTo && replyElement(me, place, replyTo.ref),
    place.kind === 'direct' ? xml('request', { xmlns: NS.receipts }) : undefined,
    xml('markable', { xmlns: NS.markers }),
    xml('active', { xmlns: NS.typing }),
    ...(delivery === 'online-only'
      ? [xml('no-store', { xmlns: NS.hints }), xml('no-permanent-store', { xmlns: NS.hints })]
      : []),
  ])
}

/** Another text for a message of one's own. */
export function editStanza(
  me: Me,
  place: Place,
  id: string,
  message: Message,
  body: Pick<MessageBody, 'parts' | 'mentions'>,
  revision: number,
): Xml {
  checkParts(body.parts)
  const original = clientIdIn(message.keys)
  if (!original || message.senderId !== me.userId) throw refusals.notMyMessage()
  return stanzaTo(place, id, [
    ...writeParts(me, body),
    writeExtras({ ...extrasOfParts(me, body), revision }),
    xml('replace', { xmlns: NS.correction, id: original.id }),
    store(),
  ])
}

/** Takes a message of one's own back, for clients of either version of retraction. */
export function retractStanza(place: Place, id: string, ref: MessageRef): Xml {
  const original = clientIdIn(ref.keys)?.id
  if (original === undefined) throw refusals.notMyMessage()
  const named = place.kind === 'group' ? (archiveIdIn(ref.keys) ?? original) : original
  return stanzaTo(place, id, [
    xml('retract', { xmlns: NS.retraction1, id: named }),
    xml('apply-to', { xmlns: NS.fasten, id: original }, xml('retract', { xmlns: NS.retraction })),
    store(),
  ])
}

/** What one thinks of a message: all of it, each time. */
export function reactionStanza(place: Place, id: string, ref: MessageRef, reactions: readonly string[]): Xml {
  const elements = [...new Set(reactions)].map((key) => xml('reaction', {}, key))
  return stanzaTo(place, id, [
    xml('reactions', { xmlns: NS.reactions, id: sharedId(place, ref) }, elements),
    store(),
  ])
}

/** "Read up to here." */
export function displayedStanza(place: Place, id: string, ref: MessageRef): Xml {
  return stanzaTo(place, id, [xml('displayed', { xmlns: NS.markers, id: sharedId(place, ref) }), store()])
}

/** Whether somebody is writing; never kept. */
export function typingStanza(place: Place, isTyping: boolean): Xml {
  const type = place.kind === 'group' ? 'groupchat' : 'chat'
  const state = xml(isTyping ? 'composing' : 'paused', { xmlns: NS.typing })
  return xml('message', { to: place.jid, type }, state, xml('no-store', { xmlns: NS.hints }))
}

/** A moderator takes somebody's message out of a room. */
export function moderateRequest(ref: MessageRef, reason: string | undefined): Xml {
  const id = archiveIdIn(ref.keys)
  if (id === undefined) throw refusals.noSuchMessage()
  const why = reason === undefined || reason === '' ? undefined : xml('reason', {}, reason)
  const retract = xml('retract', { xmlns: NS.retraction })
  const moderate = xml('moderate', { xmlns: NS.moderation }, retract, why)
  return xml('apply-to', { xmlns: NS.fasten, id }, moderate)
}

/** The id that both ends know a message by: in a room the room's, between two people its sender's. */
function sharedId(place: Place, ref: MessageRef): string {
  const id = place.kind === 'group' ? archiveIdIn(ref.keys) : clientIdIn(ref.keys)?.id
  if (id === undefined) throw refusals.noSuchMessage()
  return id
}

function replyElement(me: Me, place: Place, ref: MessageRef): Xml | undefined {
  const named = clientIdIn(ref.keys)
  const id = place.kind === 'group' ? (archiveIdIn(ref.keys) ?? named?.id) : named?.id
  if (id === undefined) return undefined
  const sender = ref.senderId ?? named?.senderId
  const to = sender === undefined ? undefined : (me.names.jidOfUser(sender) ?? sender)
  return xml('reply', { xmlns: NS.reply, id, to })
}
