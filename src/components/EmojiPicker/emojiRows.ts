import type { Emoji } from '../../composables'

/** A group under its heading. */
export interface EmojiSection {
  readonly id: string
  readonly title: string
  readonly emoji: readonly Emoji[]
}
/** A row of the grid. */
export type EmojiRow =
  | { readonly kind: 'title'; readonly key: string; readonly title: string; readonly sectionId: string }
  | {
      readonly kind: 'emoji'
      readonly key: string
      readonly emoji: readonly Emoji[]
      readonly sectionId: string
    }
/** A place in the grid. */
export interface EmojiCell {
  readonly row: number
  readonly column: number
}

/** The rows of the grid, so many emoji in each. */
export function emojiRows(sections: readonly EmojiSection[], columns: number): readonly EmojiRow[] {
  return sections.flatMap(({ id, title, emoji }): readonly EmojiRow[] => {
    if (emoji.length === 0) return []
    const rows: EmojiRow[] = title === '' ? [] : [{ kind: 'title', key: id, title, sectionId: id }]
    for (let at = 0; at < emoji.length; at += columns) {
      rows.push({
        kind: 'emoji',
        key: `${id}-${at}`,
        emoji: emoji.slice(at, at + columns),
        sectionId: id,
      })
    }
    return rows
  })
}

/** The emoji at a place. */
export function emojiAt(rows: readonly EmojiRow[], cell: EmojiCell | undefined): Emoji | undefined {
  const row = cell && rows[cell.row]
  return row?.kind === 'emoji' ? row.emoji[cell?.column ?? 0] : undefined
}

/** Where a key leads: over headings, round the ends of rows, and no further than there are emoji. */
export function moveInGrid(
  rows: readonly EmojiRow[],
  from: EmojiCell | undefined,
  key: string,
  pageRows: number,
): EmojiCell | undefined {
  const places = rows.flatMap((row, index) =>
    row.kind === 'emoji' ? [{ row: index, count: row.emoji.length }] : [],
  )
  const last = places.at(-1)
  const first = places[0]
  if (!first || !last) return undefined
  if (!from) return key === 'ArrowDown' || key === 'ArrowUp' ? { row: first.row, column: 0 } : undefined
  const at = Math.max(
    0,
    places.findIndex(({ row }) => row === from.row),
  )

  function inRow(index: number, column: number): EmojiCell {
    const place = places[Math.min(Math.max(index, 0), places.length - 1)] ?? last ?? { row: 0, count: 1 }
    return { row: place.row, column: Math.min(Math.max(column, 0), place.count - 1) }
  }
  const count = places[at]?.count ?? 1
  switch (key) {
    case 'ArrowDown':
      return inRow(at + 1, from.column)
    case 'ArrowUp':
      return inRow(at - 1, from.column)
    case 'ArrowRight':
      return from.column + 1 < count || at === places.length - 1
        ? inRow(at, from.column + 1)
        : inRow(at + 1, 0)
    case 'ArrowLeft':
      return from.column > 0 || at === 0 ? inRow(at, from.column - 1) : inRow(at - 1, Infinity)
    case 'PageDown':
      return inRow(at + pageRows, from.column)
    case 'PageUp':
      return inRow(at - pageRows, from.column)
    case 'Home':
      return inRow(0, 0)
    case 'End':
      return inRow(places.length - 1, Infinity)
    default:
      return undefined
  }
}
