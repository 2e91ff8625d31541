/** Calls that wait until what has been heard so far holds what they look for. */
export interface Lookout {
  /** Something new was heard: everybody who waits looks again. */
  look(): void
  /** Resolves with the first that is found; rejects with what `describe` says when nothing is in time. */
  until<R>(find: () => R | undefined | false, withinMs: number): Promise<R>
}

/** Nobody waits yet. */
export function createLookout(describe: () => string): Lookout {
  const waiting = new Set<() => void>()
  return {
    look: () => [...waiting].forEach((look) => look()),
    until: (find, withinMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = find()
          if (found === undefined || found === false) return
          clearTimeout(limit)
          waiting.delete(look)
          resolve(found)
        }
        const limit = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(describe()))
        }, withinMs)
        waiting.add(look)
        look()
      }),
  }
}
