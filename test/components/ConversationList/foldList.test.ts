import { describe, expect, it } from 'vitest'
import { foldList } from '../../../src/components/ConversationList/foldList'
import type { Conversation } from '../../../src/model'

const rows: readonly Conversation[] = [
  { id: 'a', kind: 'direct' },
  { id: 'b', kind: 'group', notify: 'none' },
  { id: 'c', kind: 'channel' },
  { id: 'd', kind: 'group', notify: 'none' },
]
const conversationOf = (id: string) => rows.find((row) => row.id === id)
const ids = rows.map(({ id }) => id)
const quiet = { id: 'quiet', title: 'Quiet groups', holds: ({ notify }: Conversation) => notify === 'none' }

describe('folding the list', () => {
  it('puts one entry where the first of its conversations stood', () => {
    const { ids: kept, entries } = foldList(ids, [quiet], conversationOf)
    const [key] = entries.keys()
    expect(kept).toEqual(['a', key, 'c'])
    expect(entries.get(key ?? '')?.ids).toEqual(['b', 'd'])
  })

  it('leaves a conversation to the first fold that holds it, and what none holds as it is', () => {
    const all = { id: 'all', title: 'All', holds: () => true }
    const { entries } = foldList(ids, [quiet, all], conversationOf)
    expect([...entries.values()].map((entry) => entry.ids)).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ])
    expect(foldList(ids, [], conversationOf).ids).toEqual(ids)
    expect(foldList(['gone'], [all], conversationOf).ids).toEqual(['gone'])
  })
})
