import type {
  Json,
  LocalFile,
  Mentions,
  Message,
  MessageBody,
  MessageRef,
  OutgoingMessage,
  Part,
  Priority,
  RemoteFile,
} from '../../model'
import { utf8ByteLength } from '../../core/text'
import {
  checkedId,
  checkedJson,
  checkedLine,
  checkedList,
  checkedNumber,
  checkedOptional,
  checkedRecord,
  checkedText,
  checkedUserId,
  checkedWord,
  compact,
  requireRoom,
} from './checkedValues'
import { FIELD_BYTES, LIMITS, MESSAGE_ROOM_BYTES } from './limits'
import { refusals } from './refusals'

const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low', 'lowest']

type Fields = Readonly<Record<string, unknown>>

/** A message to send as a copy that holds what it may hold and nothing else; otherwise a refusal. */
export function checkedOutgoing(value: unknown): OutgoingMessage {
  const fields = checkedRecord(value, 'the message')
  requireRoom(value, 'the message', MESSAGE_ROOM_BYTES, refusals.messageTooLong)
  const parts = checkedParts(fields['parts'], 0)
  const message = compact<OutgoingMessage>({
    ...checkedBody(fields, parts),
    conversationId: checkedId(fields['conversationId'], 'conversationId'),
    clientId: checkedId(fields['clientId'], 'clientId', FIELD_BYTES.clientId),
  })
  if (message.clientId === '') throw refusals.invalid('clientId must not be empty')
  if (parts.every(isEmpty)) throw refusals.emptyMessage()
  if (bytesOf(message) > LIMITS.messageBytes) throw refusals.messageTooLong()
  return message
}

/** What an edit puts in the place of a message's words, within the bounds of a message. */
export function checkedEdit(value: unknown, edited: MessageRef): Pick<MessageBody, 'parts' | 'mentions'> {
  const { parts, mentions } = checkedRecord(value, 'the body')
  const { conversationId } = edited
  const checked = checkedOutgoing({ parts, mentions, conversationId, clientId: 'edit', delivery: 'stored' })
  return compact({ parts: checked.parts, mentions: checked.mentions })
}

/** A reference to a message as callers hand it in. */
export function checkedRef(value: unknown): MessageRef {
  const fields = checkedRecord(value, 'the reference')
  const order = fields['order']
  const major = order === undefined ? undefined : checkedRecord(order, 'order')['major']
  return compact<MessageRef>({
    conversationId: checkedId(fields['conversationId'], 'conversationId'),
    keys: checkedList(fields['keys'], 'keys', 100, (key) => checkedId(key, 'a key')),
    order: major === undefined ? undefined : { major: checkedNumber(major, 'order.major') },
    sentAt: checkedOptionalNumber(fields['sentAt'], 'sentAt'),
    senderId: checkedOptional(fields['senderId'], checkedUserId),
  })
}

function checkedBody(fields: Fields, parts: readonly Part[]): MessageBody {
  const { mentions, replyTo, delivery, priority, burnAfterMs, data, hasReceipts, hasExtensions } = fields
  return compact<MessageBody>({
    parts,
    delivery: checkedWord(delivery, 'delivery', ['stored', 'uncounted', 'online-only']),
    mentions: checkedOptional(mentions, checkedMentions),
    replyTo: checkedOptional(replyTo, checkedReply),
    priority: checkedOptional(priority, (word) => checkedWord(word, 'priority', PRIORITIES)),
    burnAfterMs: checkedOptionalNumber(burnAfterMs, 'burnAfterMs'),
    data: checkedOptional(data, (json) => checkedData(json, 'data')),
    hasReceipts: hasReceipts === true ? true : undefined,
    hasExtensions: hasExtensions === true ? true : undefined,
  })
}

function checkedMentions(value: unknown): Mentions {
  const fields = checkedRecord(value, 'mentions')
  const userIds = [...new Set(checkedList(fields['userIds'], 'mentions.userIds', 10_000, checkedUserId))]
  if (userIds.length > LIMITS.mentionCount) throw refusals.tooManyMentions()
  return { userIds, isAll: fields['isAll'] === true }
}

function checkedReply(value: unknown): NonNullable<MessageBody['replyTo']> {
  const fields = checkedRecord(value, 'replyTo')
  return {
    ref: checkedRef(fields['ref']),
    abstract: checkedText(fields['abstract'], 'replyTo.abstract', FIELD_BYTES.abstract),
  }
}

/** `depth` counts the merged messages that the parts lie in. */
function checkedParts(value: unknown, depth: number): readonly Part[] {
  return checkedList(value, 'parts', LIMITS.partCount, (part) =>
    checkedPart(checkedRecord(part, 'a part'), depth),
  )
}

function checkedPart(fields: Fields, depth: number): Part {
  switch (fields['kind']) {
    case 'text':
      return compact<Part & { kind: 'text' }>({
        kind: 'text',
        text: checkedText(fields['text'], 'text', LIMITS.messageBytes, refusals.messageTooLong),
        growth: checkedOptional(fields['growth'], (word) => checkedWord(word, 'growth', ['going', 'done'])),
      })
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return checkedMedia(fields['kind'], fields)
    case 'face':
      return compact<Part & { kind: 'face' }>({
        kind: 'face',
        index: checkedOptionalNumber(fields['index'], 'index'),
        key: checkedOptional(fields['key'], (key) => checkedId(key, 'key')),
      })
    case 'location':
      return compact<Part & { kind: 'location' }>({
        kind: 'location',
        latitude: checkedNumber(fields['latitude'], 'latitude'),
        longitude: checkedNumber(fields['longitude'], 'longitude'),
        label: checkedOptional(fields['label'], (label) => checkedText(label, 'label', FIELD_BYTES.label)),
      })
    case 'call':
      return compact<Part & { kind: 'call' }>({
        kind: 'call',
        media: checkedWord(fields['media'], 'media', ['audio', 'video']),
        outcome: checkedWord(fields['outcome'], 'outcome', [
          'answered',
          'missed',
          'declined',
          'cancelled',
          'busy',
        ]),
        durationMs: checkedOptionalNumber(fields['durationMs'], 'durationMs'),
      })
    case 'card':
      return {
        kind: 'card',
        of: checkedWord(fields['of'], 'of', ['user', 'group']),
        id: checkedId(fields['id'], 'id'),
      }
    case 'custom':
      return compact<Part & { kind: 'custom' }>({
        kind: 'custom',
        type: checkedLine(fields['type'], 'type', FIELD_BYTES.typeName),
        data: checkedData(fields['data'], 'data'),
        fallback: checkedOptional(fields['fallback'], (text) =>
          checkedText(text, 'fallback', FIELD_BYTES.abstract),
        ),
      })
    case 'merged':
      return checkedMerged(fields, depth)
    default:
      // A notice is the service's own word: nobody can send one and so forge it.
      throw refusals.invalid(`a part of kind ${String(fields['kind'])} cannot be sent`)
  }
}

function checkedData(value: unknown, what: string): Json {
  return checkedJson(value, what, LIMITS.messageBytes, refusals.messageTooLong)
}

function checkedMerged(fields: Fields, depth: number): Part {
  if (depth >= LIMITS.mergedDepth) throw refusals.mergedTooDeep()
  return compact<Part & { kind: 'merged' }>({
    kind: 'merged',
    title: checkedLine(fields['title'], 'title', FIELD_BYTES.abstract),
    abstracts: checkedList(fields['abstracts'], 'abstracts', 10, (line) =>
      checkedText(line, 'an abstract', FIELD_BYTES.abstract),
    ),
    items: checkedOptional(fields['items'], (items) =>
      checkedList(items, 'items', LIMITS.mergedCount, (item) =>
        checkedItem(checkedRecord(item, 'an item'), depth + 1),
      ),
    ),
  })
}

/** A message inside a merged one: what was said, by whom and when. */
function checkedItem(fields: Fields, depth: number): Message {
  const { senderName, senderAvatar } = fields
  return compact<Message>({
    ...checkedRef(fields),
    parts: checkedParts(fields['parts'], depth),
    delivery: 'stored',
    sentAt: checkedNumber(fields['sentAt'], 'sentAt'),
    senderId: checkedUserId(fields['senderId']),
    senderName: checkedOptional(senderName, (name) =>
      checkedLine(name, 'senderName', LIMITS.profileValueBytes),
    ),
    senderAvatar: checkedOptional(senderAvatar, (url) => checkedLine(url, 'senderAvatar', FIELD_BYTES.url)),
  })
}

function checkedMedia(kind: 'image' | 'video' | 'audio' | 'file', fields: Fields): Part {
  return compact<Part & { kind: typeof kind }>({
    kind,
    file: checkedFile(fields['file']),
    thumbnail: checkedOptional(fields['thumbnail'], checkedFile),
    width: checkedOptionalNumber(fields['width'], 'width'),
    height: checkedOptionalNumber(fields['height'], 'height'),
    durationMs: checkedOptionalNumber(fields['durationMs'], 'durationMs'),
    peaks: checkedOptional(fields['peaks'], (peaks) =>
      checkedList(peaks, 'peaks', 64, (peak) => checkedNumber(peak, 'a peak')),
    ),
  })
}

function checkedFile(value: unknown): LocalFile | RemoteFile {
  const fields = checkedRecord(value, 'the file')
  if (fields['at'] === 'local') return checkedLocalFile(value)
  if (fields['at'] !== 'remote') throw refusals.invalid('the file is neither local nor remote')
  const key = checkedOptional(fields['key'], checkedFileKey)
  const url = checkedOptional(fields['url'], (given) => checkedLine(given, 'url', FIELD_BYTES.url))
  if (key === undefined && url === undefined) throw refusals.invalid('the file has neither key nor url')
  return compact<RemoteFile>({
    at: 'remote',
    key,
    // A url of this very page's making dies with it; the key lives on.
    url: url?.startsWith('blob:') ? undefined : url,
    expiresAt: checkedOptionalNumber(fields['expiresAt'], 'expiresAt'),
    name: checkedOptional(fields['name'], checkedFileName),
    bytes: checkedOptionalNumber(fields['bytes'], 'bytes'),
    mime: checkedOptional(fields['mime'], checkedMime),
  })
}

/** A file of this machine; `value` is looked into when it is read. */
export function checkedLocalFile(value: unknown): LocalFile {
  const fields = checkedRecord(value, 'the file')
  return compact<LocalFile>({
    at: checkedWord(fields['at'], 'at', ['local']),
    source: checkedWord(fields['source'], 'source', ['blob', 'path', 'bytes']),
    value: fields['value'],
    name: checkedFileName(fields['name']),
    bytes: checkedNumber(fields['bytes'], 'bytes'),
    mime: checkedMime(fields['mime']),
  })
}

/** The service's own name of a file. */
export function checkedFileKey(value: unknown): string {
  return checkedId(value, 'key', FIELD_BYTES.fileKey)
}

function checkedFileName(value: unknown): string {
  return checkedLine(value, 'name', FIELD_BYTES.fileName)
}

function checkedMime(value: unknown): string {
  return checkedLine(value, 'mime', FIELD_BYTES.mime)
}

function checkedOptionalNumber(value: unknown, what: string): number | undefined {
  return checkedOptional(value, (number) => checkedNumber(number, what))
}

function isEmpty(part: Part): boolean {
  if (part.kind === 'text') return part.text === ''
  return part.kind === 'face' && part.index === undefined && !part.key
}

/** What counts towards the limit: all texts and the app's own data; files and merged items travel apart (C10). */
function bytesOf(message: OutgoingMessage): number {
  const data = message.data === undefined ? '' : JSON.stringify(message.data)
  return [data, ...message.parts.flatMap(countedTexts)].reduce((sum, text) => sum + utf8ByteLength(text), 0)
}

function countedTexts(part: Part): readonly string[] {
  switch (part.kind) {
    case 'text':
      return [part.text]
    case 'face':
      return [part.key ?? '']
    case 'location':
      return [part.label ?? '']
    case 'card':
      return [part.id]
    case 'custom':
      return [part.type, JSON.stringify(part.data), part.fallback ?? '']
    case 'merged':
      return [part.title, ...part.abstracts]
    default:
      return []
  }
}
