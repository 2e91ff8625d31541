import { expect, it } from 'vitest'
import { playStory } from './story'

/** Far beyond the seeds that are always played, these once ended badly, each for another reason. */
it.each([237, 296, 324, 510, 759, 870, 1665, 1673, 4824])('story %i ends well', async (seed) => {
  const { wrong } = await playStory(seed)
  expect(wrong).toEqual([])
})
