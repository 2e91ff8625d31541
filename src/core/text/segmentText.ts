import type { MentionName, UserId } from '../../model'
import { findEmoji } from './emoji'
import { continuesGrapheme } from './graphemes'
import { findLinks, type LinkScheme } from './links'
import { createLiteralFinder, type LiteralFinder } from './literals'
import { findMentions } from './mentions'

/** A piece of a text; `raw` is the very piece, and all `raw`s joined are the text. */
export type Segment =
  | { readonly kind: 'text'; readonly raw: string }
  | {
      readonly kind: 'link'
      readonly raw: string
      readonly url: string
      readonly host?: string
      readonly isDeceptive: boolean
    }
  | { readonly kind: 'mention'; readonly raw: string; readonly name: string; readonly userId?: UserId }
  | { readonly kind: 'emoji'; readonly raw: string }
  | { readonly kind: 'face'; readonly raw: string; readonly key: string }

/** What a text may hold besides words. */
export interface SegmentOptions {
  /** The names of the people this message points at; without them nothing is a mention. */
  readonly mentions?: readonly MentionName[]
  /** The face keys of the app, by how they are written in a text: `[smile]`. The same map is read only once. */
  readonly faces?: ReadonlyMap<string, string>
  /** @default http, https, mailto, tel */
  readonly schemes?: readonly LinkScheme[]
}

interface Found {
  readonly start: number
  readonly segment: Segment
}

const finderByFaces = new WeakMap<ReadonlyMap<string, string>, LiteralFinder<string>>()

/**
 * Takes a text apart into words, links, mentions, emoji and faces. Whatever the text, it throws nothing, keeps every
 * character, and its work grows with the length alone. What begins first counts: a mention inside an address is none.
 */
export function segmentText(text: string, options: SegmentOptions = {}): Segment[] {
  // At one place faces go before mentions, and these before links.
  const found = inOrder([
    faceSegments(text, options.faces),
    mentionSegments(text, options.mentions),
    linkSegments(text, options.schemes),
    emojiSegments(text),
  ])
  const segments: Segment[] = []
  let end = 0
  for (const { start, segment } of found) {
    if (start < end || breaksGrapheme(text, start, start + segment.raw.length)) continue
    if (start > end) segments.push({ kind: 'text', raw: text.slice(end, start) })
    segments.push(segment)
    end = start + segment.raw.length
  }
  if (end < text.length) segments.push({ kind: 'text', raw: text.slice(end) })
  return segments
}

function breaksGrapheme(text: string, start: number, end: number): boolean {
  return (start > 0 && continuesGrapheme(text, start)) || continuesGrapheme(text, end)
}

/**
 * What several finders find, by where it begins. Nothing is collected on the way: what a long text holds would be moved about
 * by the engine's memory again and again.
 */
function* inOrder(finders: readonly Iterator<Found>[]): Iterable<Found> {
  const heads = finders.map((finder) => finder.next())
  for (;;) {
    let first = -1
    let firstStart = Infinity
    for (const [index, head] of heads.entries()) {
      if (head.done || head.value.start >= firstStart) continue
      first = index
      firstStart = head.value.start
    }
    const [head, finder] = [heads[first], finders[first]]
    if (!finder || head?.done !== false) return
    yield head.value
    heads[first] = finder.next()
  }
}

function* faceSegments(text: string, faces: ReadonlyMap<string, string> | undefined): Iterator<Found> {
  if (!faces || faces.size === 0) return
  const finder = finderByFaces.get(faces) ?? createLiteralFinder(faces)
  finderByFaces.set(faces, finder)
  for (const { start, raw, value } of finder.find(text))
    yield { start, segment: { kind: 'face', raw, key: value } }
}

function* mentionSegments(text: string, mentions: readonly MentionName[] | undefined): Iterator<Found> {
  if (!mentions || mentions.length === 0) return
  for (const { start, raw, name: who } of findMentions(text, mentions)) {
    const { name, userId } = who
    yield { start, segment: { kind: 'mention', raw, name, ...(userId !== undefined && { userId }) } }
  }
}

function* linkSegments(text: string, schemes: readonly LinkScheme[] | undefined): Iterator<Found> {
  for (const { start, ...link } of findLinks(text, schemes))
    yield { start, segment: { kind: 'link', ...link } }
}

function* emojiSegments(text: string): Iterator<Found> {
  for (const { start, raw } of findEmoji(text)) yield { start, segment: { kind: 'emoji', raw } }
}
