import type { LimitName, Limits, Part } from '../../model'
import { catalogueError } from '../errors'
import { normaliseText, utf8ByteLength } from '../text'

/** A limit on how many UTF-8 bytes a text may take. */
export type ByteLimitName = Extract<LimitName, `${string}Bytes`>

/** How many bytes a text leaves of a limit, cleaned as it will be sent; negative: too long; undefined: no limit is known (K3). */
export function bytesLeft(limits: Limits, name: ByteLimitName, text: string): number | undefined {
  const limit = limits[name]
  return limit === undefined ? undefined : limit - utf8ByteLength(normaliseText(text))
}

/** What a message holds, as far as limits are about it. */
export interface Sendable {
  readonly parts: readonly Part[]
  readonly mentions?: { readonly userIds: readonly string[] } | undefined
}

/**
 * Refuses before the network does: an empty message (C1), one over the limit in bytes over all its texts (C10), one with too
 * many parts or mentions (E7).
 * @throws ChatError in the domain of the kit.
 */
export function requireSendable({ parts, mentions }: Sendable, limits: Limits): void {
  if (parts.length === 0) throw catalogueError('parley', 'empty-message')
  const bytes = parts.reduce((sum, part) => sum + (part.kind === 'text' ? utf8ByteLength(part.text) : 0), 0)
  if (isOver(bytes, limits.messageBytes)) throw catalogueError('parley', 'message-too-long')
  if (isOver(parts.length, limits.partCount)) throw catalogueError('parley', 'too-many-parts')
  if (isOver(mentions?.userIds.length ?? 0, limits.mentionCount)) {
    throw catalogueError('parley', 'too-many-mentions')
  }
}

function isOver(amount: number, limit: number | undefined): boolean {
  return limit !== undefined && amount > limit
}
