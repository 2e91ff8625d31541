import { computed, shallowRef, type ComputedRef } from 'vue'
import type { TimelineRow } from '../../composables'

/** So many notices in a row are shown as one line, which opens. */
const leastRun = 4

/** Rows, with long runs of notices closed. */
export interface NoticeRuns {
  /** What is drawn: the last row stands for a run that is closed. */
  readonly rows: ComputedRef<readonly TimelineRow[]>
  /** How many notices a row stands for; undefined where it is only itself. */
  readonly countOf: (key: string) => number | undefined
  /** Shows every notice of the run that this row stands for, or is hidden in. */
  readonly open: (key: string) => void
}

/** Closes runs of notices: what happens to a group is seldom what one reads it for. */
export function useNoticeRuns(rows: () => readonly TimelineRow[]): NoticeRuns {
  /** Some row of each run that was opened: it may grow at both ends. */
  const openKeys = shallowRef<ReadonlySet<string>>(new Set())
  let known = new Map<string, TimelineRow>()

  const closed = computed(() => {
    const runs = runsIn(rows()).filter((run) => !run.some(({ key }) => openKeys.value.has(key)))
    const next = new Map<string, TimelineRow>()
    const byKey = new Map<string, readonly TimelineRow[]>()
    for (const run of runs) {
      const row = inPlaceOf(run, known)
      if (!row) continue
      next.set(row.key, row)
      byKey.set(row.key, run)
    }
    known = next
    return { rows: runs.length === 0 ? rows() : withoutHidden(rows(), byKey, next), byKey }
  })

  return {
    rows: computed(() => closed.value.rows),
    countOf: (key) => closed.value.byKey.get(key)?.length,
    open(key) {
      const runs = [...closed.value.byKey.values()]
      const run = runs.find((one) => one.some((row) => row.key === key))
      if (run) openKeys.value = new Set([...openKeys.value, ...run.map((row) => row.key)])
    },
  }
}

function isNotice({ message: { parts, recalled } }: TimelineRow): boolean {
  return recalled === undefined && parts.length > 0 && parts.every(({ kind }) => kind === 'notice')
}

/** A day, what is unread and what is missing begin a run anew. */
function startsAnew({ dayStartsAt, isFirstUnread, gapAbove }: TimelineRow): boolean {
  return dayStartsAt !== undefined || isFirstUnread || gapAbove !== undefined
}

function runsIn(rows: readonly TimelineRow[]): readonly (readonly TimelineRow[])[] {
  const runs: (readonly TimelineRow[])[] = []
  let from = 0
  for (let index = 0; index <= rows.length; index++) {
    const row = rows[index]
    if (row && isNotice(row) && !(index > from && startsAnew(row))) continue
    if (index - from >= leastRun) runs.push(rows.slice(from, index))
    from = row && isNotice(row) ? index : index + 1
  }
  return runs
}

/** The last row, with what stands above the first; the same object as long as nothing of it changes. */
function inPlaceOf(
  run: readonly TimelineRow[],
  known: ReadonlyMap<string, TimelineRow>,
): TimelineRow | undefined {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) return undefined
  const { dayStartsAt, gapAbove, isFirstUnread } = first
  const before = known.get(last.key)
  const isSame =
    before?.message === last.message &&
    before.dayStartsAt === dayStartsAt &&
    before.gapAbove === gapAbove &&
    before.isFirstUnread === isFirstUnread
  if (isSame) return before
  return {
    ...last,
    isFirstUnread,
    ...(dayStartsAt !== undefined && { dayStartsAt }),
    ...(gapAbove !== undefined && { gapAbove }),
  }
}

function withoutHidden(
  rows: readonly TimelineRow[],
  runByKey: ReadonlyMap<string, readonly TimelineRow[]>,
  rowByKey: ReadonlyMap<string, TimelineRow>,
): readonly TimelineRow[] {
  const hidden = new Set([...runByKey.values()].flatMap((run) => run.slice(0, -1).map(({ key }) => key)))
  return rows.flatMap((row) => (hidden.has(row.key) ? [] : (rowByKey.get(row.key) ?? row)))
}
