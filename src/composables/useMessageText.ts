import { computed, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue'
import { emojiOnlyCount, segmentText, truncateToUnits } from '../core/text'
import type { LinkScheme, Segment, SegmentOptions } from '../core/text'
import type { Message } from '../model'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'
import { groupIdOf, mentionNames } from './mentionNames'
import { useInterest } from './useInterest'
import { createProfileReader } from './useProfile'

/** A piece of a text, ready to show. `shown` stands in for `raw` where a mention names a user by id. */
export type TextPiece = Segment & {
  /** The mention means the person who reads. */
  readonly isMe?: boolean
  readonly shown?: string
}

/** What a text may hold besides words, as the app wants it. */
export interface MessageTextOptions {
  /** The keys of the app's faces; `[key]` in a text is one of them. */
  readonly faceKeys?: readonly string[]
  /** Which schemes become links. @default http, https, mailto, tel */
  readonly schemes?: readonly LinkScheme[]
}

/** A text of a message, in pieces. */
export interface MessageTextView {
  readonly pieces: ComputedRef<readonly TextPiece[]>
  /** The text is so long that only its beginning is shown at first. */
  readonly isLong: ComputedRef<boolean>
  /** All of it is shown. */
  readonly isOpen: ShallowRef<boolean>
}

/** A text longer than the first number of UTF-16 units is shown up to the second: what is hidden is worth the press. */
const longUnits = 4_000
const shownUnits = 3_000
/** The same for lines, for a text of nothing but line ends is as tall as a house. */
const longLines = 80
const shownLines = 60
/** So many people at the most are looked up for one message. */
const mostNames = 100

const counts = new WeakMap<Message, number>()
const facesByKeys = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

/** How many emoji a message is that is one text of 1 to 3 emoji, else 0. The same message is counted once. */
export function emojiCountOf(message: Message): number {
  const known = counts.get(message)
  if (known !== undefined) return known
  const [only, ...others] = message.parts
  const count = only?.kind === 'text' && others.length === 0 ? emojiOnlyCount(only.text) : 0
  counts.set(message, count)
  return count
}

/** A text of a message in pieces: words, links, mentions under the names people have now, emoji and faces. */
export function useMessageText(
  text: MaybeRefOrGetter<string>,
  message: MaybeRefOrGetter<Message>,
  options: MaybeRefOrGetter<MessageTextOptions> = {},
): MessageTextView {
  const kit = useChatKit()
  const isOpen = shallowRef(false)
  const all = computed(() => toValue(text))
  const end = computed(() => endOfBeginning(all.value))
  const isLong = computed(() => end.value < all.value.length)
  const mentionedIds = computed(() => toValue(message).mentions?.userIds.slice(0, mostNames) ?? [])
  useInterest(kit, 'watchProfiles', () => mentionedIds.value)
  // A text that only grows is the one that was opened.
  watch(all, (now, before) => now.startsWith(before) || (isOpen.value = false))

  const segments = computed(() => {
    const { faceKeys, schemes } = toValue(options)
    const isCut = isLong.value && !isOpen.value
    const found = segmentText(isCut ? all.value.slice(0, end.value) : all.value, {
      mentions: mentionNames(kit, toValue(message), mentionedIds.value),
      ...(faceKeys && { faces: facesOf(faceKeys) }),
      ...(schemes && { schemes }),
    } satisfies SegmentOptions)
    const last = found.at(-1)
    // Half of an address leads somewhere else.
    return isCut && last?.kind === 'link'
      ? [...found.slice(0, -1), { kind: 'text' as const, raw: last.raw }]
      : found
  })
  const pieces = computed(() => segments.value.map((segment) => pieceOf(kit, toValue(message), segment)))

  return { pieces, isLong, isOpen }
}

function pieceOf(kit: ChatKitContext, message: Message, segment: Segment): TextPiece {
  if (segment.kind !== 'mention') return segment
  const { userId, name, raw } = segment
  const isMe = userId === undefined || userId === kit.userId
  if (userId === undefined || name !== userId) return { ...segment, isMe }
  const shown = createProfileReader(kit).shownProfile(userId, {}, groupIdOf(kit, message)).name
  return shown === userId ? { ...segment, isMe } : { ...segment, isMe, shown: raw.charAt(0) + shown }
}

function facesOf(keys: readonly string[]): ReadonlyMap<string, string> {
  const known = facesByKeys.get(keys)
  if (known) return known
  const made = new Map(keys.map((key) => [`[${key}]`, key]))
  facesByKeys.set(keys, made)
  return made
}

/** Where the shown beginning of a text ends: its length where it is shown as a whole. */
export function endOfBeginning(text: string): number {
  const lineEnd = endOfLine(text, shownLines)
  const hasManyLines = endOfLine(text, longLines) < text.length
  if (text.length <= longUnits && !hasManyLines) return text.length
  const beginning = truncateToUnits(
    text.slice(0, longUnits),
    Math.min(hasManyLines ? lineEnd : Infinity, shownUnits),
  )
  // Better between two words, where one ends near.
  const gap = Math.max(beginning.lastIndexOf(' '), beginning.lastIndexOf('\n'))
  return gap > beginning.length - 100 && gap > 0 ? gap : beginning.length
}

/** Where the line of this number ends, counted from one. */
function endOfLine(text: string, line: number): number {
  let at = -1
  for (let count = 0; count < line; count++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return text.length
  }
  return at
}
