import { inject, provide, type InjectionKey } from 'vue'
import type { Message } from '../../model'

const openMergedKey: InjectionKey<(message: Message) => void> = Symbol('parley-open-merged')

/** Says how the chat histories below the calling component are opened. */
export function provideOpenMerged(open: (message: Message) => void): void {
  provide(openMergedKey, open)
}

/** Opens a chat history; undefined where nobody can. */
export function useOpenMerged(): ((message: Message) => void) | undefined {
  return inject(openMergedKey, undefined)
}
