import { copied } from '../../../core/data'
import { normaliseText } from '../../../core/text'
import type { Mentions, MessageBody, OutgoingMessage, Part } from '../../../model'
import { refusals } from '../refusals'
import type { Me } from '../wire/wire'
import { NS } from '../wire/namespaces'
import { parseJid } from '../wire/jid'
import { attrOf, elementOf, elementsOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import type { Extras } from './extras'

/** Readers of XML take some line ends for others, and two characters have no place in it: beside the body they are safe. */
const UNSAFE_IN_XML = /[\u2028\u2029\ufffe\uffff]/
const FILE_KINDS: readonly (readonly [RegExp, 'image' | 'video' | 'audio'])[] = [
  [/\.(png|jpe?g|gif|webp|avif|bmp)$/i, 'image'],
  [/\.(mp4|webm|mov|m4v)$/i, 'video'],
  [/\.(mp3|ogg|oga|opus|m4a|wav|aac|flac)$/i, 'audio'],
]

/** What a client that knows nothing of this kit shows for the parts. */
function plainBody(parts: readonly Part[]): string {
  return parts.map(plainPart).join('\n')
}

function plainPart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return (part.file.at === 'remote' && part.file.url) || part.file.name || `[${part.kind}]`
    case 'face':
      return `[${part.key ?? part.index ?? ''}]`
    case 'location':
      return [part.label, `geo:${part.latitude},${part.longitude}`].filter(Boolean).join('\n')
    case 'call':
      return `[${part.media} call]`
    case 'card':
      return `xmpp:${part.id}${part.of === 'group' ? '?join' : ''}`
    case 'merged':
      return [part.title, ...part.abstracts].join('\n')
    case 'custom':
      return part.fallback ?? `[${part.type}]`
    default:
      return `[${part.kind}]`
  }
}

/** Refuses parts that cannot go out: they would be lost on the way. */
export function checkParts(parts: unknown): asserts parts is readonly Part[] {
  if (!Array.isArray(parts) || parts.length === 0) throw refusals.emptyMessage()
  for (const part of parts as readonly Part[]) {
    if (part.kind === 'notice' || part.kind === 'unsupported') throw refusals.unsupported()
    if (part.kind === 'text' && typeof part.text !== 'string') throw refusals.invalid('a text without text')
    if (isMedia(part) && part.file?.at !== 'remote') throw refusals.invalid('a file that was not uploaded')
  }
  const isEmpty = (parts as readonly Part[]).every((part) => part.kind === 'text' && part.text === '')
  if (isEmpty || plainBody(parts as readonly Part[]) === '') throw refusals.emptyMessage()
}

/** Parts as every wire carries them (B2), sharing nothing with the caller's. */
export function soundParts<P>(parts: P): P {
  if (!Array.isArray(parts)) return parts
  return parts.map((part: unknown) => {
    const copy: unknown = copied(part)
    const text = (copy as { readonly text?: unknown } | null)?.text
    return typeof text === 'string' ? { ...(copy as object), text: normaliseText(text) } : copy
  }) as P
}

/** A body that other clients show, and what they know of files and mentions. */
export function writeParts(
  me: Me,
  { parts, mentions }: Pick<MessageBody, 'parts' | 'mentions'>,
): readonly Xml[] {
  const [only] = parts
  const url =
    parts.length === 1 && only && isMedia(only) && only.file.at === 'remote' ? only.file.url : undefined
  const mentioned = (mentions?.userIds ?? []).flatMap((id) => me.names.jidOfUser(id) ?? [])
  return [
    xml('body', {}, plainBody(parts)),
    ...(url === undefined ? [] : [xml('x', { xmlns: NS.outOfBand }, xml('url', {}, url))]),
    ...mentioned.map((jid) =>
      xml('reference', { xmlns: NS.references, type: 'mention', uri: `xmpp:${jid}` }),
    ),
  ]
}

/** What a plain body cannot say of these parts. */
export function extrasOfParts(me: Me, { parts, mentions }: Pick<MessageBody, 'parts' | 'mentions'>): Extras {
  const [only] = parts
  const isPlain = parts.length === 1 && only?.kind === 'text' && !UNSAFE_IN_XML.test(only.text)
  const userIds = (mentions?.userIds ?? []).map((id) => me.names.jidOfUser(id) ?? id)
  return {
    ...(!isPlain && { parts: parts.map((part) => renamed(part, (id) => addressFor(me, id))) }),
    ...(mentions && { mentions: { userIds, isAll: mentions.isAll } }),
  }
}

/** Everything else of a message that a plain body cannot say. */
export function extrasOf(me: Me, message: OutgoingMessage): Extras {
  const { replyTo, delivery, priority, hasReceipts, hasExtensions, burnAfterMs, data } = message
  return {
    ...extrasOfParts(me, message),
    ...(replyTo && { abstract: replyTo.abstract }),
    ...(delivery === 'uncounted' && { isUncounted: true }),
    ...(priority && priority !== 'normal' && { priority }),
    ...(hasReceipts && { hasReceipts }),
    ...(hasExtensions && { hasExtensions }),
    ...(burnAfterMs !== undefined && { burnAfterMs }),
    ...(data !== undefined && { data }),
  }
}

/** The parts of a message that came in: ours where a kit wrote it, else what the body shows. */
export function readParts(me: Me, stanza: Xml, extras: Extras): readonly Part[] {
  const own = extras.parts
    ?.filter((part) => !isMedia(part) || (part.file.at === 'remote' && part.thumbnail?.at !== 'local'))
    .map((part) => renamed(part, (id) => (parseJid(id)?.local ? me.names.userIdOf(id) : id)))
  if (own && own.length > 0) return own
  const text = bodyText(stanza)
  const url = textOf(elementOf(elementOf(stanza, 'x', NS.outOfBand), 'url'))
  if (url !== '' && (text === url || text === '') && /^https?:/i.test(url)) return [filePart(url)]
  return text === '' ? [] : [{ kind: 'text', text }]
}

/** Whom a message points at. */
export function readMentions(me: Me, stanza: Xml, extras: Extras): Mentions | undefined {
  const named = (jid: string | undefined) => {
    const bare = parseJid(jid)
    return bare?.local ? [me.names.userIdOf(bare.bare)] : []
  }
  if (extras.mentions) {
    return { userIds: extras.mentions.userIds.flatMap(named), isAll: extras.mentions.isAll }
  }
  const references = elementsOf(stanza, 'reference', NS.references)
  const userIds = references
    .filter((one) => attrOf(one, 'type') === 'mention')
    .flatMap((one) => named(attrOf(one, 'uri')?.replace(/^xmpp:/, '')))
  return userIds.length > 0 ? { userIds, isAll: false } : undefined
}

/** The body without what stands there only for clients that know no replies. */
function bodyText(stanza: Xml): string {
  const text = textOf(elementOf(stanza, 'body', stanza.ns))
  const fallback = elementsOf(stanza, 'fallback', NS.fallback).find((one) => attrOf(one, 'for') === NS.reply)
  const range = elementOf(fallback, 'body')
  const [start, end] = [Number(attrOf(range, 'start')), Number(attrOf(range, 'end'))]
  if (!range || !(start >= 0) || !(end > start)) return text
  const signs = Array.from(text)
  return [...signs.slice(0, start), ...signs.slice(end)].join('')
}

function filePart(url: string): Part {
  const path = url.replace(/[?#].*$/, '')
  const kind = FILE_KINDS.find(([ending]) => ending.test(path))?.[1] ?? 'file'
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { kind, file: { at: 'remote', url, ...(name !== '' && { name: decoded(name) }) } }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The address of a person; what is nobody's own id stays as it is, so that it comes out as it went in. */
function addressFor(me: Me, id: string): string {
  const jid = me.names.jidOfUser(id)
  return jid !== undefined && me.names.userIdOf(jid) === id ? jid : id
}

function renamed(part: Part, rename: (id: string) => string): Part {
  return part.kind === 'card' && part.of === 'user' ? { ...part, id: rename(part.id) } : part
}

function isMedia(part: Part): part is Extract<Part, { file: unknown }> {
  return part.kind === 'image' || part.kind === 'video' || part.kind === 'audio' || part.kind === 'file'
}
