import type { Platform } from '../../core/ports'

/** Private windows, blocked cookies and sandboxed frames refuse any access: then nothing is kept. */
export const webNotes: Required<Pick<Platform, 'recall' | 'note'>> = {
  recall(name) {
    try {
      return localStorage.getItem(name) ?? undefined
    } catch {
      return undefined
    }
  },
  note(name, text) {
    try {
      localStorage.setItem(name, text)
    } catch {
      // It lasts as long as the page.
    }
  },
}
