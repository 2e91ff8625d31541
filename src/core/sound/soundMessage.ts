import { isClientKey, isClientKeyOf } from '../../model'
import type { EpochMs, LocalFile, Media, Message, MessageRef, Part, ReactionTotal } from '../../model'
import { normaliseText } from '../text'
import {
  amount,
  bag,
  fileName,
  flag,
  id,
  isRecord,
  json,
  key,
  label,
  list,
  moment,
  number,
  oneOf,
  or,
  pastMoment,
  prose,
  shape,
  url,
  writing,
} from './sound'
import type { Fields, Sound } from './sound'
import { soundGroupPatch } from './soundPeople'

const MOST_KEYS = 64
const MOST_PARTS = 1_000
/** Messages in messages in messages: deeper than any backend lets them be. */
const MOST_MERGED_DEPTH = 10
const ORDER = shape({ major: number }, { minor: url })

const REF: Fields = { order: ORDER, sentAt: pastMoment, senderId: id }
/** How something names a message: by a key, a place or a time, whatever there is of them. */
export const soundRef = shape<MessageRef>({ conversationId: id, keys: or(list(key, MOST_KEYS), []) }, REF)
/** A name that carries at least one key. */
export const soundKeyedRef: Sound<MessageRef> = (told) => {
  const ref = soundRef(told)
  return ref && ref.keys.length > 0 ? ref : undefined
}
const MENTIONS = shape({ userIds: or(list(id), []), isAll: or(flag, false) })
/** One reaction of a message, counted. */
export const soundTotal = shape<ReactionTotal>(
  { key, count: amount, someIds: or(list(id), []) },
  { isMine: flag },
)
const RECALLED = shape({}, { byId: id, at: pastMoment, reason: prose })

const REMOTE_FILE = shape(
  { at: oneOf('remote') },
  { url, key: url, expiresAt: moment, name: fileName, bytes: amount, mime: label },
)
const LOCAL_FILE = shape<LocalFile>(
  {
    at: oneOf('local'),
    source: oneOf('blob', 'path', 'bytes'),
    value: (told) => told,
    name: fileName,
    bytes: amount,
    mime: or(label, ''),
  },
  { hash: url },
)
const FILE: Sound = (told) => REMOTE_FILE(told) ?? LOCAL_FILE(told)
/** More than this no bubble is wide enough for. */
const MOST_PEAKS = 64
const FRACTION: Sound<number> = (told) =>
  typeof told === 'number' && told >= 0 ? Math.min(told, 1) : undefined
/** Something seen or heard. */
export const soundMedia = shape<Media>(
  { kind: oneOf('image', 'video', 'audio', 'file'), file: FILE },
  { thumbnail: FILE, width: amount, height: amount, durationMs: amount, peaks: list(FRACTION, MOST_PEAKS) },
)
const KIND: Sound = (told) => told
const NOTICE = shape<Part>(
  {
    kind: KIND,
    about: or(
      oneOf(
        'created',
        'joined',
        'invited',
        'left',
        'kicked',
        'role',
        'owner',
        'profile',
        'muted',
        'dissolved',
        'other',
      ),
      'other',
    ),
  },
  { byId: id, userIds: list(id), changes: soundGroupPatch, text: prose },
)
const TEXT = shape<Part>(
  {
    kind: KIND,
    text: (told) => {
      const text = writing(told)
      return text === undefined ? undefined : normaliseText(text)
    },
  },
  { growth: oneOf('going', 'done') },
)
const CALL = shape<Part>(
  {
    kind: KIND,
    media: oneOf('audio', 'video'),
    outcome: oneOf('answered', 'missed', 'declined', 'cancelled', 'busy'),
  },
  { durationMs: amount },
)
const DEGREES = (most: number) => (told: unknown) =>
  typeof told === 'number' && Math.abs(told) <= most ? told : undefined

/** What a message or a draft answers. */
export const soundReply = shape<NonNullable<Message['replyTo']>>({ ref: soundRef, abstract: or(prose, '') })

/** What each kind of part cannot be without. */
const PARTS: Readonly<Record<Exclude<Part['kind'], 'merged'>, Sound>> = {
  text: TEXT,
  image: soundMedia,
  video: soundMedia,
  audio: soundMedia,
  file: soundMedia,
  face: shape({ kind: KIND }, { index: amount, key: label }),
  location: shape({ kind: KIND, latitude: DEGREES(90), longitude: DEGREES(180) }, { label }),
  call: CALL,
  card: shape({ kind: KIND, of: oneOf('user', 'group'), id }),
  custom: shape({ kind: KIND, type: id, data: json }, { fallback: writing }),
  notice: (told) => (isNoticeOfNobody(told) ? undefined : NOTICE(told)),
  unsupported: shape({ kind: KIND, wireKind: label }, { fallback: writing }),
}

/** What a message with parts this deep inside others is. */
function messageAt(depth: number): Sound<Message> {
  const read = shape<Message>(
    {
      conversationId: id,
      senderId: id,
      keys: list(key, MOST_KEYS),
      parts: partsAt(depth),
      sentAt: or(pastMoment, 0),
      delivery: or(oneOf('stored', 'uncounted', 'online-only'), 'stored'),
    },
    {
      order: ORDER,
      mentions: MENTIONS,
      replyTo: soundReply,
      priority: oneOf('high', 'normal', 'low', 'lowest'),
      hasReceipts: flag,
      hasExtensions: flag,
      burnAfterMs: amount,
      data: json,
      senderName: label,
      senderAvatar: url,
      revision: number,
      recalled: RECALLED,
      reactions: list(soundTotal),
      extensions: bag(url),
      openedAt: pastMoment,
    },
  )
  return (told) => {
    const message = read(told)
    if (!message) return undefined
    const { senderId } = message
    const isOwnKey = (name: string) => !isClientKey(name) || isClientKeyOf(name, senderId)
    if (message.keys.every(isOwnKey)) return message.keys.length > 0 ? message : undefined
    const keys = message.keys.filter(isOwnKey)
    return keys.length > 0 ? { ...message, keys } : undefined
  }
}

function partsAt(depth: number): Sound<readonly Part[]> {
  return list((told) => partAt(told, depth), MOST_PARTS)
}

/** A part that its kind cannot be read of says what it was meant to be. */
function partAt(told: unknown, depth: number): Part {
  if (!isRecord(told) || typeof told['kind'] !== 'string') {
    return { kind: 'unsupported', wireKind: 'unknown' }
  }
  const kind = told['kind']
  const read = kind === 'merged' ? mergedAt(depth) : soundOf(kind)
  return (read?.(told) as Part | undefined) ?? { kind: 'unsupported', wireKind: label(kind) ?? 'unknown' }
}

function soundOf(kind: string): Sound | undefined {
  return Object.hasOwn(PARTS, kind) ? PARTS[kind as keyof typeof PARTS] : undefined
}

function mergedAt(depth: number): Sound {
  return shape(
    { kind: KIND, title: or(label, ''), abstracts: or(list(prose), []) },
    { items: depth < MOST_MERGED_DEPTH ? list(messageAt(depth + 1)) : () => undefined },
  )
}

function isNoticeOfNobody(told: unknown): boolean {
  return isRecord(told) && told['userIds'] !== undefined && !Array.isArray(told['userIds'])
}

/**
 * A message as the rest of the kit may trust it, whatever the wire said: keys are strings and none is another sender's,
 * times are dates, every part has what its kind cannot be without, and text is clean (B2). The same object where nothing
 * had to be mended; undefined where it is no message at all.
 */
export const soundMessage: Sound<Message> = messageAt(0)

/** Parts of which each has what its kind cannot be without; the others become 'unsupported'. The same array where all are. */
export const soundParts = partsAt(0)

/** A moment in the past: whatever cannot be one is 1970. */
export const soundTime = or<EpochMs>(pastMoment, 0) as (told: unknown) => EpochMs

const EDITED_MENTIONS: Fields = { mentions: MENTIONS }
/** What a message says after it was edited. */
export const soundBody = shape<Pick<Message, 'parts' | 'mentions'>>({ parts: soundParts }, EDITED_MENTIONS)

/** The newest message of a conversation as the list shows it. */
export const soundPreview = shape<MessageRef>(
  { conversationId: id, keys: or(list(key, MOST_KEYS), []) },
  {
    ...REF,
    sentAt: soundTime,
    parts: soundParts,
    recalled: RECALLED,
    senderName: label,
    burnAfterMs: amount,
  },
)
