import { expect, it, vi } from 'vitest'
import { playStory } from './story'

// The shipped code, but for its memory of what was deleted and cleared.
vi.mock('../../src/core/timeline/timeline', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/core/timeline/timeline')>()
  class Forgetful extends original.Timeline {
    constructor(parts?: ConstructorParameters<typeof original.Timeline>[0]) {
      super(parts && { ...parts, removedKeys: new Set(), clearedUpToAt: -Infinity })
    }
  }
  return { ...original, Timeline: Forgetful }
})
vi.mock('../../src/cache/messageKeeper', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/cache/messageKeeper')>()
  class Forgetful extends original.MessageKeeper {
    override isRemoved(): Promise<boolean> {
      return Promise.resolve(false)
    }
  }
  return { ...original, MessageKeeper: Forgetful }
})

it('stories fail where nobody remembers what was deleted', async () => {
  const wrong: string[] = []
  for (let seed = 1; seed <= 25 && wrong.length === 0; seed++) {
    if (seed % 10 === 0) continue
    const { wrong: more } = await playStory(seed)
    wrong.push(...more.filter((line) => line.includes('has come back')))
  }
  expect(wrong).not.toEqual([])
})
