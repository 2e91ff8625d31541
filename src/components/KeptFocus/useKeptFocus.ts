import { nextTick, watch } from 'vue'
import { isFocusLost } from './focusNear'

/**
 * Where what has the keyboard goes from a part of the page, the keyboard goes on elsewhere: a button that takes itself
 * away when it is pressed, a row that is gone.
 */
export function useKeptFocus(
  /** The part. */
  part: () => Element | null | undefined,
  /** What of it can go: looked at whenever this has changed. */
  changes: () => unknown,
  /** Gives the keyboard to somebody else. */
  goOn: () => void,
): void {
  watch(changes, () => {
    if (part()?.contains(document.activeElement)) void nextTick(() => isFocusLost() && goOn())
  })
}
