/** The part of a keyboard event the guard looks at. */
export interface ImeKey {
  /** The browser's own word that a composition is going on. */
  readonly isComposing: boolean
  /** 229 while an input method handles the key. */
  readonly keyCode: number
}

/** Tells keys that belong to an input method from keys that mean what they say. */
export interface ImeGuard {
  /** Call it on compositionstart. */
  onStart(): void
  /** Call it on compositionend. */
  onEnd(): void
  /** True while a key belongs to the input method: it must not send. */
  isComposing(key: ImeKey): boolean
}

/** The key code by which browsers mark a key that an input method swallowed. */
const imeKeyCode = 229

/**
 * Makes a guard. One browser family ends the composition before it reports the Enter that confirmed it, so a key within
 * `quietMs` after the end still belongs to the input method. `nowMs` is any clock that does not go back.
 */
export function createImeGuard(nowMs: () => number, quietMs = 60): ImeGuard {
  let isOpen = false
  let endedAt = -Infinity
  return {
    onStart: () => {
      isOpen = true
    },
    onEnd: () => {
      isOpen = false
      endedAt = nowMs()
    },
    isComposing: (key) =>
      isOpen || key.isComposing || key.keyCode === imeKeyCode || nowMs() - endedAt < quietMs,
  }
}
