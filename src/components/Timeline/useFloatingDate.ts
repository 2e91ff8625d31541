import { onScopeDispose, shallowRef } from 'vue'
import type { TimelineRow } from '../../composables'
import type { EpochMs } from '../../model'

/** So long after the last move the date stays. */
const stayMs = 1_200
/** A day that begins this near below the top says it itself. */
const nearPx = 56

/** The day of what is seen at the top, while somebody scrolls. */
export function useFloatingDate(seen: {
  readonly rows: () => readonly TimelineRow[]
  /** The number of the row at the top, and where a row begins below the top. */
  readonly topIndex: () => number
  readonly topOf: (index: number) => number
}) {
  const at = shallowRef<EpochMs>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  return {
    at,
    /** Call it on every move of the reader. */
    note(): void {
      const rows = seen.rows()
      const index = seen.topIndex()
      const isSaid = [index, index + 1, index + 2].some((one) => {
        const top = seen.topOf(one)
        return rows[one]?.dayStartsAt !== undefined && top > -nearPx / 2 && top < nearPx
      })
      at.value = isSaid ? undefined : rows[index]?.message.sentAt
      clearTimeout(timer)
      timer = setTimeout(() => (at.value = undefined), stayMs)
    },
  }
}
