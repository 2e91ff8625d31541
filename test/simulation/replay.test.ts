import { describe, expect, it } from 'vitest'
import { createRecord } from './record'
import type { Written } from './record'
import { simulate } from './main'
import { playStory } from './story'
import { judge, judgePart } from './truth'
import type { Seen, Sight } from './truth'

describe('a story', () => {
  it.each([7, 10])('is the same to the last word when seed %i is played again', async (seed) => {
    const first = await playStory(seed)
    const again = await playStory(seed)
    expect(again.log).toEqual(first.log)
    expect(again.hash).toBe(first.hash)
    expect(first.log.length).toBeGreaterThan(100)
    expect((await playStory(seed + 1)).hash).not.toBe(first.hash)
  })

  it('tells the total last', async () => {
    const lines: string[] = []
    await simulate(1, 2, (line) => lines.push(line))
    expect(lines.at(-1)).toBe('seeds 2, failed 0')
  })
})

describe('the judge', () => {
  function facts(...texts: string[]) {
    const record = createRecord()
    const all = texts.map((text) => {
      const one = record.write(text, 'ann', 'c', 'ann1')
      one.arrivedAt = record.now()
      one.keptAt = record.now()
      return one
    })
    return { record, all }
  }
  const sight = (written: Written, more: Partial<Sight> = {}): Sight => ({
    ...{ written, text: written.text, isRecalled: false, reactions: [], isBelowGap: false },
    ...more,
  })
  const sees = (userId: string, ...sights: Sight[]): Seen => ({
    ...{ userId, tab: `${userId}1`, conversationId: 'c', sights, hasOlder: false, hasNewer: false },
  })
  const { record, all } = facts('1', '2')
  const [one, two] = all as [Written, Written]

  it('is content where all see the same, each message once', () => {
    expect(judge(record, [sees('ann', sight(one), sight(two)), sees('ben', sight(one), sight(two))])).toEqual(
      [],
    )
  })

  it.each([
    ['a message is missing', [sees('ann', sight(one))]],
    ['a message stands twice', [sees('ann', sight(one), sight(two), sight(two))]],
    ['a message is older than the one before it', [sees('ann', sight(two), sight(one))]],
    [
      'somebody sees what nobody wrote',
      [sees('ann', sight(one), sight(two), { ...sight(one), written: undefined })],
    ],
    ['two see different things', [sees('ann', sight(one), sight(two)), sees('ben', sight(two), sight(one))]],
    ['it says something else', [sees('ann', sight(one, { text: 'other' }), sight(two))]],
    ['nobody recalled it', [sees('ann', sight(one, { isRecalled: true, text: undefined }), sight(two))]],
    ['a reaction was never given', [sees('ann', sight(one, { reactions: ['like'] }), sight(two))]],
    ['a hole stays', [sees('ann', sight(one), sight(two, { isBelowGap: true }))]],
    ['the beginning is not there', [{ ...sees('ann', sight(one), sight(two)), hasOlder: true }]],
  ])('notices where %s', (_, seen) => {
    expect(judge(record, seen)).not.toEqual([])
  })

  it('notices what was deleted or cleared and is there again', async () => {
    const { record: own, all: both } = facts('1', '2')
    const [first, second] = both as [Written, Written]
    own.act('ann', { kind: 'delete', of: first }, Promise.resolve())
    await Promise.resolve()
    expect(judge(own, [sees('ann', sight(first), sight(second))])).toEqual(['ann1 in c: "1" has come back'])
    own.act('ben', { kind: 'clear', conversationId: 'c' }, Promise.resolve())
    await Promise.resolve()
    expect(judge(own, [sees('ben', sight(second))])).toEqual(['ben1 in c: "2" has come back'])
    expect(judge(own, [sees('ben'), sees('ann', sight(second))])).toEqual([])
  })

  it('lets a message be gone that its dying tab had not kept', () => {
    const { record: own, all: both } = facts('1', '2')
    const [first, second] = both as [Written, Written]
    delete first.keptAt
    expect(judge(own, [sees('ann', sight(second))])).toEqual([])
  })

  it('lets a part lack what it says that it lacks, and nothing else', () => {
    const { all: three } = facts('1', '2', '3')
    const [first, second, third] = three as [Written, Written, Written]
    const whole = sees('ann', sight(first), sight(second), sight(third))
    const marked = sees('ann', sight(first), sight(third, { isBelowGap: true }))
    expect(judgePart(marked, whole, true)).toEqual([])
    expect(judgePart(sees('ann', sight(first), sight(third)), whole, true)).not.toEqual([])
    expect(judgePart(sees('ann', sight(second), sight(third)), whole, true)).not.toEqual([])
    expect(judgePart({ ...sees('ann', sight(first)), hasNewer: true }, whole, true)).toEqual([])
    expect(judgePart(sees('ann', sight(first)), whole, true)).not.toEqual([])
  })
})
