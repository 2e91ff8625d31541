import type { TimelineRow } from '../../composables'
import type { UserId } from '../../model'

/** Somebody else has reacted to an own message. */
export interface NewReaction {
  readonly row: TimelineRow
  readonly key: string
  /** Who it was; undefined where the backend only counts. */
  readonly userId: UserId | undefined
}

/** Tells what others have newly given to own messages since it was last asked; of messages it has not seen it tells nothing. */
export function createReactionWatch(ownId: UserId): (rows: readonly TimelineRow[]) => readonly NewReaction[] {
  let known = new Map<string, TimelineRow>()
  return (rows) => {
    const found: NewReaction[] = []
    const next = new Map<string, TimelineRow>()
    for (const row of rows) {
      if (!row.isOwn) continue
      next.set(row.key, row)
      const before = known.get(row.key)
      if (before && before.message.reactions !== row.message.reactions)
        found.push(...addedTo(before, row, ownId))
    }
    known = next
    return found
  }
}

function addedTo(before: TimelineRow, row: TimelineRow, ownId: UserId): readonly NewReaction[] {
  return (row.message.reactions ?? []).flatMap(({ key, count, isMine, someIds }) => {
    const old = before.message.reactions?.find((total) => total.key === key)
    const added = othersOf(count, isMine) - othersOf(old?.count ?? 0, old?.isMine)
    const newIds = someIds.filter((id) => id !== ownId && !old?.someIds.includes(id))
    return Array.from({ length: Math.max(0, added) }, (_, index) => ({ row, key, userId: newIds[index] }))
  })
}

function othersOf(count: number, isMine: boolean | undefined): number {
  return count - (isMine ? 1 : 0)
}
