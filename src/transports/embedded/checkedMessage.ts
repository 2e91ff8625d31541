import type {
  LocalFile,
  Mentions,
  Message,
  MessageBody,
  MessageRef,
  OutgoingMessage,
  Part,
  RemoteFile,
} from '../../model'
import {
  checkedJson,
  checkedList,
  checkedNumber,
  checkedOptionalText,
  checkedRecord,
  checkedText,
  checkedUserId,
  checkedWord,
  compact,
  spend,
  utf8Bytes,
} from './checkedValues'
import type { Budget } from './checkedValues'
import { LIMITS } from './limits'
import { refusals } from './refusals'

type Fields = Readonly<Record<string, unknown>>

/** A message to send as a copy that holds what it may hold and nothing else; otherwise a refusal. */
export function checkedOutgoing(value: unknown): OutgoingMessage {
  const fields = checkedRecord(value, 'the message')
  const parts = checkedParts(fields['parts'], { depth: 0, budget: { left: 10_000 } })
  const message = compact<OutgoingMessage>({
    ...checkedBody(fields, parts),
    conversationId: checkedText(fields['conversationId'], 'conversationId'),
    clientId: checkedName(fields['clientId'], 'clientId', 64),
  })
  if (parts.every(isEmpty)) throw refusals.emptyMessage()
  if (bytesOf(message) > LIMITS.messageBytes) throw refusals.messageTooLong()
  return message
}

/** A key or a client id: some text, not too long to be an index. */
function checkedName(value: unknown, what: string, most: number): string {
  const name = checkedText(value, what)
  if (name === '' || name.length > most) throw refusals.invalid(`${what} must have 1 to ${most} characters`)
  return name
}

/** A reference to a message as callers hand it in. */
export function checkedRef(value: unknown): MessageRef {
  const fields = checkedRecord(value, 'the reference')
  const order = fields['order']
  const major = order === undefined ? undefined : checkedRecord(order, 'order')['major']
  const sentAt = fields['sentAt']
  const senderId = fields['senderId']
  return compact<MessageRef>({
    conversationId: checkedText(fields['conversationId'], 'conversationId'),
    keys: checkedList(fields['keys'], 'keys', 100, (key) => checkedText(key, 'a key')),
    order: major === undefined ? undefined : { major: checkedNumber(major, 'order.major') },
    sentAt: sentAt === undefined ? undefined : checkedNumber(sentAt, 'sentAt'),
    senderId: senderId === undefined ? undefined : checkedUserId(senderId),
  })
}

function checkedBody(fields: Fields, parts: readonly Part[]): MessageBody {
  const { mentions, replyTo, delivery, priority, burnAfterMs, data, hasReceipts, hasExtensions } = fields
  return compact<MessageBody>({
    parts,
    delivery: checkedWord(delivery, 'delivery', ['stored', 'uncounted', 'online-only']),
    mentions: mentions === undefined ? undefined : checkedMentions(mentions),
    replyTo: replyTo === undefined ? undefined : checkedReply(replyTo),
    priority:
      priority === undefined ? undefined : checkedWord(priority, 'priority', ['high', 'normal', 'low']),
    burnAfterMs: burnAfterMs === undefined ? undefined : checkedNumber(burnAfterMs, 'burnAfterMs'),
    data: data === undefined ? undefined : checkedJson(data, 'data'),
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
  return { ref: checkedRef(fields['ref']), abstract: checkedText(fields['abstract'], 'replyTo.abstract') }
}

/** How deep inside merged messages a part lies, and how many more there may be. */
interface Nesting {
  readonly depth: number
  readonly budget: Budget
}

function checkedParts(value: unknown, nesting: Nesting): readonly Part[] {
  return checkedList(value, 'parts', LIMITS.partCount, (part) =>
    checkedPart(checkedRecord(part, 'a part'), nesting),
  )
}

function checkedPart(fields: Fields, nesting: Nesting): Part {
  spend(nesting.budget, 'the message')
  switch (fields['kind']) {
    case 'text':
      return { kind: 'text', text: checkedText(fields['text'], 'text') }
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return checkedMedia(fields['kind'], fields)
    case 'face':
      return compact<Part & { kind: 'face' }>({
        kind: 'face',
        index: checkedOptionalNumber(fields['index'], 'index'),
        key: checkedOptionalText(fields['key'], 'key'),
      })
    case 'location':
      return compact<Part & { kind: 'location' }>({
        kind: 'location',
        latitude: checkedNumber(fields['latitude'], 'latitude'),
        longitude: checkedNumber(fields['longitude'], 'longitude'),
        label: checkedOptionalText(fields['label'], 'label'),
      })
    case 'card':
      return {
        kind: 'card',
        of: checkedWord(fields['of'], 'of', ['user', 'group']),
        id: checkedText(fields['id'], 'id'),
      }
    case 'custom':
      return compact<Part & { kind: 'custom' }>({
        kind: 'custom',
        type: checkedText(fields['type'], 'type'),
        data: checkedJson(fields['data'], 'data'),
        fallback: checkedOptionalText(fields['fallback'], 'fallback'),
      })
    case 'merged':
      return checkedMerged(fields, nesting)
    default:
      // A notice is the service's own word: nobody can send one and so forge it.
      throw refusals.invalid(`a part of kind ${String(fields['kind'])} cannot be sent`)
  }
}

function checkedMerged(fields: Fields, { depth, budget }: Nesting): Part {
  if (depth >= LIMITS.mergedDepth) throw refusals.mergedTooDeep()
  const items = fields['items']
  return compact<Part & { kind: 'merged' }>({
    kind: 'merged',
    title: checkedText(fields['title'], 'title'),
    abstracts: checkedList(fields['abstracts'], 'abstracts', 10, (line) => checkedText(line, 'abstract')),
    items:
      items === undefined
        ? undefined
        : checkedList(items, 'items', LIMITS.mergedCount, (item) =>
            checkedItem(checkedRecord(item, 'an item'), { depth: depth + 1, budget }),
          ),
  })
}

/** A message inside a merged one: what was said, by whom and when. */
function checkedItem(fields: Fields, nesting: Nesting): Message {
  return compact<Message>({
    ...checkedRef(fields),
    parts: checkedParts(fields['parts'], nesting),
    delivery: 'stored',
    sentAt: checkedNumber(fields['sentAt'], 'sentAt'),
    senderId: checkedUserId(fields['senderId']),
    senderName: checkedOptionalText(fields['senderName'], 'senderName'),
    senderAvatar: checkedOptionalText(fields['senderAvatar'], 'senderAvatar'),
  })
}

function checkedMedia(kind: 'image' | 'video' | 'audio' | 'file', fields: Fields): Part {
  const thumbnail = fields['thumbnail']
  return compact<Part & { kind: typeof kind }>({
    kind,
    file: checkedFile(fields['file']),
    thumbnail: thumbnail === undefined ? undefined : checkedFile(thumbnail),
    width: checkedOptionalNumber(fields['width'], 'width'),
    height: checkedOptionalNumber(fields['height'], 'height'),
    durationMs: checkedOptionalNumber(fields['durationMs'], 'durationMs'),
  })
}

function checkedFile(value: unknown): LocalFile | RemoteFile {
  const fields = checkedRecord(value, 'the file')
  if (fields['at'] === 'local') return checkedLocalFile(value)
  if (fields['at'] !== 'remote') throw refusals.invalid('the file is neither local nor remote')
  const key = checkedOptionalText(fields['key'], 'key')
  const url = checkedOptionalText(fields['url'], 'url')
  if (key === undefined && url === undefined) throw refusals.invalid('the file has neither key nor url')
  return compact<RemoteFile>({
    at: 'remote',
    key,
    // A url of this very page's making dies with it; the key lives on.
    url: url?.startsWith('blob:') ? undefined : url,
    expiresAt: checkedOptionalNumber(fields['expiresAt'], 'expiresAt'),
    name: checkedOptionalText(fields['name'], 'name'),
    bytes: checkedOptionalNumber(fields['bytes'], 'bytes'),
    mime: checkedOptionalText(fields['mime'], 'mime'),
  })
}

/** A file of this machine; `value` is looked into when it is read. */
export function checkedLocalFile(value: unknown): LocalFile {
  const fields = checkedRecord(value, 'the file')
  return compact<LocalFile>({
    at: checkedWord(fields['at'], 'at', ['local']),
    source: checkedWord(fields['source'], 'source', ['blob', 'path', 'bytes']),
    value: fields['value'],
    name: checkedText(fields['name'], 'name'),
    bytes: checkedNumber(fields['bytes'], 'bytes'),
    mime: checkedText(fields['mime'], 'mime'),
  })
}

function checkedOptionalNumber(value: unknown, what: string): number | undefined {
  return value === undefined ? undefined : checkedNumber(value, what)
}

function isEmpty(part: Part): boolean {
  if (part.kind === 'text') return part.text === ''
  return part.kind === 'face' && part.index === undefined && !part.key
}

/** What counts towards the limit: all texts and the app's own data; files and merged items travel apart (C10). */
function bytesOf(message: OutgoingMessage): number {
  const data = message.data === undefined ? '' : JSON.stringify(message.data)
  return [data, ...message.parts.flatMap(countedTexts)].reduce((sum, text) => sum + utf8Bytes(text), 0)
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
