import type { EpochMs, Message, MessageChange } from '../model'
import type { MessageRow, Unnumbered } from './rows'

/** A tab that writes. */
export interface Tab {
  readonly id: string
  readonly openedAt: EpochMs
  now(): EpochMs
}

/** When something was told. */
export interface Telling {
  readonly heardAt: EpochMs
  /** For what the backend was asked for: when. What was heard before that is part of it. */
  readonly askedAt?: EpochMs
  /** All of the message is told, and not only what came to it. */
  readonly isWhole?: boolean
}

/** True for a change that counts as it is heard, for nothing says which of two is newer. */
export function isUnnumbered({ kind }: MessageChange): boolean {
  return kind === 'reaction-totals' || kind === 'reactions-of' || kind === 'extensions'
}

/** True where another tab has written what it heard later. */
export function isOutdated({ unnumbered }: MessageRow, { heardAt }: Telling, tab: Tab): boolean {
  if (!unnumbered || unnumbered.by === tab.id) return false
  const wasHeardAt = unnumbered.heardAt ?? unnumbered.at
  // A clock that was put back says nothing of what came first.
  return heardAt < wasHeardAt && wasHeardAt <= tab.now()
}

/** The row of a message of which a tab has heard something else than what is kept, but earlier. */
export function contested(row: MessageRow, told: Message): MessageRow {
  const { unnumbered } = row
  if (!unnumbered || isAlike(row.message, told)) return row
  return { ...row, unnumbered: { ...unnumbered, isContested: true } }
}

/** Who wrote what a message says now. */
export function nextUnnumbered(
  { message, unnumbered: was }: MessageRow,
  now: Message,
  { heardAt, askedAt, isWhole = false }: Telling,
  tab: Tab,
): Unnumbered | undefined {
  const isChanged = !isAlike(message, now)
  if (!isChanged && !(isWhole && was)) return was
  const isOver = isChanged && was !== undefined && was.by !== tab.id && was.at >= tab.openedAt
  const isSure = isWhole && askedAt !== undefined && was !== undefined && askedAt >= (was.heardAt ?? was.at)
  const isContested = (isOver && !isSure) || (!isWhole && was?.isContested)
  // Added to what another tab wrote it is as old as that.
  const { by, at } = !isWhole && was && was.by !== tab.id ? was : { by: tab.id, at: tab.now() }
  return { by, at, heardAt, ...(isContested && { isContested }) }
}

/** The message without what carries no number. */
export function withoutUnnumbered(message: Message): Message {
  const { reactions: _reactions, extensions: _extensions, ...rest } = message
  return rest
}

function isAlike(one: Message, other: Message): boolean {
  const words = ({ reactions, extensions }: Message) => JSON.stringify([reactions, extensions])
  return words(one) === words(other)
}
