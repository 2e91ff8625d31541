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
  const found = [
    ...faceSegments(text, options.faces),
    ...mentionSegments(text, options.mentions),
    ...findLinks(text, options.schemes).map(({ start, ...link }) => ({
      start,
      segment: { kind: 'link' as const, ...link },
    })),
    ...findEmoji(text).map(({ start, raw }) => ({ start, segment: { kind: 'emoji' as const, raw } })),
    // The sort is stable, so at one place faces go before mentions, and these before links.
  ].sort((a, b) => a.start - b.start)
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

function faceSegments(text: string, faces: ReadonlyMap<string, string> | undefined): Found[] {
  if (!faces || faces.size === 0) return []
  const finder = finderByFaces.get(faces) ?? createLiteralFinder(faces)
  finderByFaces.set(faces, finder)
  return finder
    .find(text)
    .map(({ start, raw, value }) => ({ start, segment: { kind: 'face', raw, key: value } }))
}

function mentionSegments(text: string, mentions: readonly MentionName[] | undefined): Found[] {
  if (!mentions || mentions.length === 0) return []
  return findMentions(text, mentions).map(({ start, raw, name: { name, userId } }) => ({
    start,
    segment: { kind: 'mention', raw, name, ...(userId !== undefined && { userId }) },
  }))
}
