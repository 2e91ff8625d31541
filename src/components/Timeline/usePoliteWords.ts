import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** What comes within this time is told together, so that a burst does not talk over itself. */
const batchMs = 1000
/** Words that were spoken go again, so that the next ones are news though they are the same. */
const lifeMs = 5000

/** Words for those who listen: what comes shortly one after the other is told at once. */
export interface PoliteWords<Item> {
  /** What a live region says now. */
  readonly words: Readonly<ShallowRef<string>>
  /** What is told next. */
  readonly waiting: Readonly<ShallowRef<readonly Item[]>>
  /** Tells of these soon. */
  tellLater(items: readonly Item[]): void
}

/** Collects what is to be told, and puts it into words. */
export function usePoliteWords<Item>(
  wordsFor: (only: Item) => string,
  wordsForMany: (count: number) => string,
): PoliteWords<Item> {
  const words = shallowRef('')
  const waiting = shallowRef<readonly Item[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let clearing: ReturnType<typeof setTimeout> | undefined

  function tell(): void {
    timer = undefined
    const [only, ...others] = waiting.value
    if (only !== undefined) {
      words.value = others.length > 0 ? wordsForMany(waiting.value.length) : wordsFor(only)
    }
    waiting.value = []
    clearTimeout(clearing)
    clearing = setTimeout(() => (words.value = ''), lifeMs)
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    clearTimeout(clearing)
  })

  return {
    words,
    waiting,
    tellLater(items) {
      if (items.length === 0) return
      waiting.value = [...waiting.value, ...items]
      timer ??= setTimeout(tell, batchMs)
    },
  }
}
