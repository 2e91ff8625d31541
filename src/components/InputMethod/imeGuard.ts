/** The part of a keyboard event the guard looks at. */
export interface ImeKey {
  readonly key: string
  /** The browser's own word that a composition is going on. */
  readonly isComposing: boolean
  /** 229 while an input method handles the key. */
  readonly keyCode: number
  readonly shiftKey: boolean
}

/** Tells keys that belong to an input method from keys that mean what they say. */
export interface ImeGuard {
  /** Call it on compositionstart. */
  onStart(): void
  /** Call it on compositionend. */
  onEnd(): void
  /** True while a key belongs to the input method: it must not send. Call it once for every keydown. */
  isComposing(key: ImeKey): boolean
  /**
   * Call it where a line is about to end. True where that is the Enter of a moment ago, which was held back for the input
   * method's sake, and which the input method did not want for itself alone.
   */
  isEnterGivenBack(): boolean
}

/** The key code by which browsers mark a key that an input method swallowed. */
const imeKeyCode = 229

/**
 * Makes a guard. One browser family ends the composition before it reports the Enter that confirmed it, so a key within
 * `quietMs` after the end still belongs to the input method. `nowMs` is any clock that does not go back.
 *
 * Korean input methods confirm by Enter and let it through as well, and keyboards of phones compose every word: the key
 * then comes marked as theirs, and the line break follows. Nothing follows where the key was for the confirmation alone.
 */
export function createImeGuard(nowMs: () => number, quietMs = 60): ImeGuard {
  let isOpen = false
  let endedAt = -Infinity
  let isEnterHeld = false
  return {
    onStart: () => {
      isOpen = true
    },
    onEnd: () => {
      isOpen = false
      endedAt = nowMs()
    },
    isComposing(key) {
      const isTheirs = isOpen || key.isComposing || key.keyCode === imeKeyCode || nowMs() - endedAt < quietMs
      isEnterHeld = isTheirs && key.key === 'Enter' && !key.shiftKey
      return isTheirs
    },
    isEnterGivenBack: () => isEnterHeld && !isOpen,
  }
}
