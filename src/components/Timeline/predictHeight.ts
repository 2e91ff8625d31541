import { emojiCountOf, endOfBeginning, type TimelineRow } from '../../composables'
import type { Part } from '../../model'
import { pictureBox } from '../Message'
import type { RowMetrics } from './rowMetrics'
import { textLines } from './textLines'

/** What stands around the message of a row. */
export interface RowContext {
  /** Several people write here, so names are shown. */
  readonly isGroup: boolean
  /** The words of the time, as they are shown. */
  readonly timeOf: (row: TimelineRow) => string
}

/** Where a part's own data does not tell, about what the kit draws. */
const partPx: { readonly [kind in Part['kind']]?: number } = {
  face: 96,
  audio: 44,
  file: 52,
  location: 140,
  card: 60,
  merged: 104,
}
const otherPartPx = 44

/** About as high as a row will be, from what it holds and the room there is. */
export function predictHeight(row: TimelineRow, around: RowContext, metrics: RowMetrics): number {
  return edgesPx(row, metrics) + messagePx(row, around, metrics)
}

/** Rows of one name look alike: where they turn out otherwise than predicted, the next ones do too. */
export function shapeOf(row: TimelineRow): string {
  const { message } = row
  if (isLine(row)) return 'line'
  const isInTrouble = row.status === 'failed' || row.status === 'unsure'
  return [
    message.parts.map(({ kind }) => kind).join('+'),
    row.isOwn && 'own',
    row.isRunStart && 'first',
    message.replyTo && 'quote',
    (message.reactions?.length ?? 0) > 0 && 'reactions',
    isInTrouble && 'trouble',
  ]
    .filter(Boolean)
    .join(' ')
}

function isLine({ message: { recalled, parts } }: TimelineRow): boolean {
  return recalled !== undefined || (parts.length > 0 && parts.every(({ kind }) => kind === 'notice'))
}

/** What stands above the message: a day, the unread line, a gap. */
function edgesPx(row: TimelineRow, { metaPx }: RowMetrics): number {
  return (
    (row.gapAbove === undefined ? 0 : 74) +
    (row.dayStartsAt === undefined ? 0 : metaPx * 1.5 + 24) +
    (row.isFirstUnread ? metaPx * 1.3 + 20 : 0)
  )
}

function messagePx(row: TimelineRow, around: RowContext, metrics: RowMetrics): number {
  const { message } = row
  const { metaPx, smallPx } = metrics
  if (isLine(row)) return metaPx * 1.5 + 20
  const above = row.isRunStart ? 10 : 2
  const reactions = (message.reactions?.length ?? 0) > 0 ? 32 : 0
  const trouble = row.status === 'failed' || row.status === 'unsure' ? 38 : 0
  const name = around.isGroup && !row.isOwn && row.isRunStart ? smallPx * 1.3 + 2 : 0
  const quote = message.replyTo ? smallPx * 1.4 * 2 + 11 : 0
  const emoji = emojiCountOf(message)
  const size = emoji === 1 ? 48 : 38
  const inside = emoji > 0 ? size * 1.2 + 16 : 16 + partsPx(row, around, metrics)
  // A picture at an edge of its bubble reaches a little into it.
  const firstKind = message.parts[0]?.kind
  const isPictureFirst = (firstKind === 'image' || firstKind === 'video') && name + quote === 0
  const isPictureLast = message.parts.at(-1)?.kind === 'image'
  const edges = (isPictureFirst ? -2 : 0) + (isPictureLast ? -2 : 0)
  return above + name + quote + inside + edges + reactions + trouble
}

function partsPx(row: TimelineRow, around: RowContext, metrics: RowMetrics): number {
  const { parts } = row.message
  const roomPx = bubbleRoomPx(row, metrics)
  const last = parts.at(-1)
  const sum = parts.reduce(
    (total, part) => total + partHeight(part, row, part === last, roomPx, around, metrics),
    0,
  )
  const between = Math.max(parts.length - 1, 0) * 6
  // Where the time has no room of its own on the last line it stands below.
  const hasTimeInside = last?.kind === 'text' || last?.kind === 'image'
  return sum + between + (hasTimeInside ? 0 : 17)
}

function partHeight(
  part: Part,
  row: TimelineRow,
  isLast: boolean,
  roomPx: number,
  around: RowContext,
  { widthPx, bubblePx, linePx, smallPx, body, meta }: RowMetrics,
): number {
  switch (part.kind) {
    case 'text': {
      const words = `${around.timeOf(row)}${row.readCount ? String(row.readCount) : ''}`
      // The ticks and the gap before them, as the bubble keeps them free.
      const endPx = isLast ? meta(words) + 10 + (row.status ? 18 : 0) + (row.readCount ? 2 : 0) : 0
      const shownEnd = endOfBeginning(part.text)
      if (shownEnd === part.text.length) return textLines(part.text, roomPx, endPx, body) * linePx
      return textLines(part.text.slice(0, shownEnd), roomPx, body('…'), body) * linePx + smallPx * 1.4 + 10
    }
    case 'image':
    case 'video': {
      const { width, height } = pictureBox(part.width, part.height)
      const shownPx = Math.min(width, Math.min(bubblePx, columnPx(row, widthPx)) - 12)
      return (height * shownPx) / width
    }
    default:
      return partPx[part.kind] ?? otherPartPx
  }
}

/** How wide the words in a bubble may be. */
function bubbleRoomPx(row: TimelineRow, { widthPx, bubblePx }: RowMetrics): number {
  const px = columnPx(row, widthPx)
  const freePx = row.isOwn ? Math.min(Math.max(px * 0.14, 44), 120) : Math.min(Math.max(px * 0.08, 0), 44)
  return Math.max(Math.min(bubblePx, px - freePx) - 24, 40)
}

/** What is left of the width beside the sender's face. */
function columnPx({ isOwn }: TimelineRow, widthPx: number): number {
  return isOwn ? widthPx : widthPx - 44
}
