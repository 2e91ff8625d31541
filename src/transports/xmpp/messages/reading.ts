import type { ErrorKind, Message, MessageChange, MessageKey, Receipt, UserId } from '../../../model'
import { conditionOf, stanzaError } from '../refusals'
import { parseJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { directId, roomId } from '../wire/names'
import type { Me } from '../wire/wire'
import { attrOf, elementOf, elementsOf, textOf } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { bodyOfExtras, readExtras } from './extras'
import { archiveKey, keyOfSender, senderIdOf } from './keys'
import { readMentions, readParts } from './parts'
import { speakerOf } from './speaker'
import type { Heard, Speaker, World } from './speaker'

/** What a stanza says. */
export interface Reading extends Speaker {
  /** The id that its sender gave it. */
  readonly wireId: string | undefined
  readonly message?: Message
  readonly changes: readonly MessageChange[]
  readonly receipts: readonly Receipt[]
  readonly isTyping?: boolean
  /** The sender wants to know that it has arrived. */
  readonly wantsReceipt: boolean
}

/** Reads a stanza; undefined where it belongs to no conversation. */
export function readHeard(heard: Heard, world: World): Reading | undefined {
  const { stanza } = heard
  if (attrOf(stanza, 'type') === 'error') return undefined
  const speaker = speakerOf(heard, world)
  if (!speaker) return undefined
  const changes = readChanges(heard, world, speaker)
  const message = changes.length === 0 ? readMessage(heard, world, speaker) : undefined
  const isTyping = readTyping(stanza)
  return {
    ...speaker,
    wireId: senderIdOf(stanza),
    ...(message && { message }),
    changes,
    receipts: readReceipts(heard, world, speaker),
    ...(isTyping !== undefined && { isTyping }),
    wantsReceipt: message !== undefined && elementOf(stanza, 'request', NS.receipts) !== undefined,
  }
}

/** A message that came back: what became of one of ours. */
export function readBounce(stanza: Xml, world: World): MessageChange | undefined {
  const from = parseJid(attrOf(stanza, 'from'))
  const id = attrOf(stanza, 'id')
  if (!from || id === undefined || attrOf(stanza, 'type') !== 'error') return undefined
  const isRoom = world.isRoom(from.bare)
  // Behind a name in a room is anybody: the room itself speaks without one.
  if (isRoom && from.resource !== undefined) return undefined
  const conversationId = isRoom ? roomId(from.bare) : directId(from.bare)
  const keys = [keyOfSender(world.me.userId, id)]
  const error = stanzaError(stanza, kindOfBounce(stanza, isRoom))
  return { ref: { conversationId, keys }, isVouched: true, kind: 'failed', error }
}

/** The same condition says another thing of a message than of a request. */
function kindOfBounce(stanza: Xml, isRoom: boolean): { readonly kind?: ErrorKind } {
  const isBlocked = elementOf(elementOf(stanza, 'error'), 'blocked', NS.blockingErrors) !== undefined
  const condition = conditionOf(stanza)
  if (isBlocked) return {}
  if (isRoom && condition === 'forbidden') return { kind: 'muted' }
  if (isRoom && condition === 'not-acceptable') return { kind: 'not-member' }
  return condition === 'service-unavailable' ? { kind: 'not-found' } : {}
}

function readMessage(
  { stanza, stamp, archiveId }: Heard,
  world: World,
  speaker: Speaker,
): Message | undefined {
  const extras = readExtras(stanza)
  const parts = readParts(world.me, stanza, extras)
  // What a room says itself is no message of anybody.
  if (parts.length === 0 || (speaker.kind === 'group' && speaker.senderId === speaker.jid)) return undefined
  const { conversationId, senderId, senderName } = speaker
  const id = senderIdOf(stanza)
  const mentions = readMentions(world.me, stanza, extras)
  const replyTo = readReply(stanza, world, speaker, extras.abstract)
  const isKept = elementOf(stanza, 'no-store', NS.hints) === undefined
  return {
    conversationId,
    keys: [
      ...(archiveId !== undefined ? [archiveKey(archiveId)] : []),
      ...(id !== undefined ? [keyOfSpeaker(speaker, id)] : []),
      ...(archiveId !== undefined && speaker.mark !== undefined ? [keyOfSpeaker(speaker, archiveId)] : []),
    ],
    ...(stamp && archiveId !== undefined && { order: stamp.order }),
    sentAt: stamp?.at ?? world.nowAt,
    senderId,
    ...(senderName !== undefined && { senderName }),
    parts,
    ...(mentions && { mentions }),
    ...(replyTo && { replyTo }),
    delivery: !isKept ? 'online-only' : extras.isUncounted ? 'uncounted' : 'stored',
    ...bodyOfExtras(extras),
  }
}

function readReply(stanza: Xml, { me }: World, speaker: Speaker, abstract = ''): Message['replyTo'] {
  const reply = elementOf(stanza, 'reply', NS.reply)
  const id = attrOf(reply, 'id')
  if (id === undefined) return undefined
  const to = parseJid(attrOf(reply, 'to'))
  const keys = keysOfId(id, speaker, me, to && !to.resource ? me.names.userIdOf(to.bare) : undefined)
  return { ref: { conversationId: speaker.conversationId, keys }, abstract }
}

/**
 * The name that a speaker gives to a message of his. Where he is known by a name in a room alone, whoever takes up that name
 * after him has another mark, and so no name for what he has said.
 */
function keyOfSpeaker({ senderId, mark }: Speaker, id: string): MessageKey {
  return keyOfSender(senderId, mark === undefined ? id : `${mark} ${id}`)
}

/** What an id on the wire may name: in a room what the room calls it, between two people what either called it. */
function keysOfId(id: string, speaker: Speaker, me: Me, ofId?: UserId): readonly MessageKey[] {
  const { kind, jid } = speaker
  if (kind === 'group') return [archiveKey(id), keyOfSpeaker(speaker, id)]
  if (ofId !== undefined) return [keyOfSender(ofId, id)]
  return [me.userId, me.names.userIdOf(jid)].map((userId) => keyOfSender(userId, id))
}

function readChanges(heard: Heard, world: World, speaker: Speaker): readonly MessageChange[] {
  const { stanza, stamp } = heard
  const { conversationId, senderId } = speaker
  const common = { byId: senderId, at: stamp?.at ?? world.nowAt }
  const ref = (keys: readonly MessageKey[]) => ({ conversationId, keys })

  const moderated = readModeration(stanza, world, speaker)
  if (moderated) return [{ ...common, ...moderated }]
  const retracted = retractedId(stanza)
  if (retracted !== undefined) {
    const isSure = speaker.kind === 'group' && speaker.mark === undefined
    const keys = [keyOfSpeaker(speaker, retracted), ...(isSure ? [archiveKey(retracted)] : [])]
    return [{ ...common, ref: ref(keys), isVouched: false, kind: 'recalled' }]
  }
  const replaced = attrOf(elementOf(stanza, 'replace', NS.correction), 'id')
  if (replaced !== undefined) {
    const extras = readExtras(stanza)
    const mentions = readMentions(world.me, stanza, extras)
    const body = { parts: readParts(world.me, stanza, extras), ...(mentions && { mentions }) }
    const revision = extras.revision ?? common.at
    if (body.parts.length === 0) return []
    return [
      {
        ...common,
        ref: ref([keyOfSpeaker(speaker, replaced)]),
        isVouched: false,
        kind: 'edited',
        body,
        revision,
      },
    ]
  }
  const reactions = elementOf(stanza, 'reactions', NS.reactions)
  const reacted = attrOf(reactions, 'id')
  if (reacted === undefined) return []
  const all = elementsOf(reactions, 'reaction').map((one) => textOf(one).trim())
  const reactionKeys = [...new Set(all.filter((key) => key !== ''))]
  const keys = keysOfId(reacted, speaker, world.me)
  return [
    { ...common, ref: ref(keys), isVouched: true, kind: 'reactions-of', userId: senderId, reactionKeys },
  ]
}

/** The id a retraction names, in either version of it. */
function retractedId(stanza: Xml): string | undefined {
  const fastened = elementOf(stanza, 'apply-to', NS.fasten)
  const isOld = elementOf(fastened, 'retract', NS.retraction) !== undefined
  return (
    attrOf(elementOf(stanza, 'retract', NS.retraction1), 'id') ?? (isOld ? attrOf(fastened, 'id') : undefined)
  )
}

/** A moderator's act counts only when the room itself tells it. */
function readModeration(
  stanza: Xml,
  { me, senderOf }: World,
  speaker: Speaker,
):
  | Pick<Extract<MessageChange, { kind: 'recalled' }>, 'ref' | 'isVouched' | 'kind' | 'reason' | 'byId'>
  | undefined {
  if (speaker.kind !== 'group' || speaker.senderId !== speaker.jid) return undefined
  const fastened = elementOf(stanza, 'apply-to', NS.fasten)
  const retract = elementOf(stanza, 'retract', NS.retraction1)
  const moderated =
    elementOf(fastened, 'moderated', NS.moderation) ?? elementOf(retract, 'moderated', NS.moderation1)
  const id = attrOf(fastened, 'id') ?? attrOf(retract, 'id')
  if (!moderated || id === undefined) return undefined
  const by = parseJid(attrOf(moderated, 'by'))
  const byId =
    by?.bare === speaker.jid && by.resource !== undefined ? senderOf(speaker.jid, by.resource) : by?.bare
  const reason = textOf(elementOf(moderated, 'reason') ?? elementOf(retract, 'reason'))
  return {
    ref: { conversationId: speaker.conversationId, keys: [archiveKey(id)] },
    isVouched: true,
    kind: 'recalled',
    ...(byId !== undefined && { byId: by?.resource === undefined ? me.names.userIdOf(byId) : byId }),
    ...(reason !== '' && { reason }),
  }
}

function readReceipts({ stanza, stamp }: Heard, world: World, speaker: Speaker): readonly Receipt[] {
  const { conversationId, senderId, kind } = speaker
  const read = attrOf(elementOf(stanza, 'displayed', NS.markers), 'id')
  const arrived =
    attrOf(elementOf(stanza, 'received', NS.receipts), 'id') ??
    attrOf(elementOf(stanza, 'received', NS.markers), 'id')
  const at = stamp?.at ?? world.nowAt
  const upTo = (id: string | undefined, state: 'delivered' | 'read'): readonly Receipt[] => {
    // One's own "it has arrived" says nothing to anybody here.
    if (id === undefined || (state === 'delivered' && speaker.isMine)) return []
    const keys = kind === 'group' ? [archiveKey(id)] : keysOfId(id, speaker, world.me)
    return [
      {
        kind: 'upTo',
        conversationId,
        userId: senderId,
        state,
        point: { message: { conversationId, keys } },
        at,
      },
    ]
  }
  return [...upTo(arrived, 'delivered'), ...upTo(read, 'read')]
}

function readTyping(stanza: Xml): boolean | undefined {
  if (elementOf(stanza, 'composing', NS.typing)) return true
  const others = ['paused', 'active', 'inactive', 'gone']
  return others.some((name) => elementOf(stanza, name, NS.typing)) ? false : undefined
}
