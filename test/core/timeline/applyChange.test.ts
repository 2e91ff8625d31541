import { describe, expect, it } from 'vitest'
import { applyChange, isRightful } from '../../../src/core/timeline/applyChange'
import { mergeMessage } from '../../../src/core/timeline/mergeMessage'
import type { Message, MessageChange, Part } from '../../../src/model'
import { aMessage, textsOf } from '../../support/builders'

type ChangeOf<Kind extends MessageChange['kind']> = Omit<
  Extract<MessageChange, { kind: Kind }>,
  'ref' | 'isVouched'
>

/** The message after a change that the server vouches for, as alice's kit sees it. */
function changed<Kind extends MessageChange['kind']>(message: Message, change: ChangeOf<Kind>): Message {
  const ref = { conversationId: 'c1', keys: message.keys }
  return applyChange(message, { ref, isVouched: true, ...change } as MessageChange, 'alice')
}

const text = (words: string): readonly Part[] => [{ kind: 'text', text: words }]

describe('a change of a message', () => {
  it('counts when the server vouches for it or the sender makes it', () => {
    const message = aMessage({ seq: 1 })
    const isFrom = (byId: string | undefined, isVouched: boolean) =>
      isRightful(
        {
          kind: 'removed',
          ref: { conversationId: 'c1', keys: [] },
          isVouched,
          ...(byId !== undefined && { byId }),
        },
        message,
      )
    expect(isFrom('mallory', true)).toBe(true)
    expect(isFrom('bob', false)).toBe(true)
    expect(isFrom('mallory', false)).toBe(false)
    expect(isFrom(undefined, false)).toBe(false)
  })

  it('leaves no reaction on a recalled one, and takes no later one', () => {
    const reacted = { ...aMessage({ seq: 1 }), reactions: [{ key: 'like', count: 1, someIds: ['bob'] }] }
    const recalled = changed<'recalled'>(reacted, { kind: 'recalled' })
    expect(recalled).not.toHaveProperty('reactions')
    const totals = [{ key: 'heart', count: 1, someIds: ['bob'] }]
    expect(changed<'reaction-totals'>(recalled, { kind: 'reaction-totals', totals, isWhole: true })).toBe(
      recalled,
    )
    expect(mergeMessage(recalled, reacted)).not.toHaveProperty('reactions')
  })

  it('leaves nothing of the words of a recalled one, and says who did it, when and why', () => {
    const recalled = changed<'recalled'>(aMessage({ seq: 1 }), {
      kind: 'recalled',
      byId: 'bob',
      at: 5,
      reason: 'typo',
    })
    expect(recalled).toMatchObject({ parts: [], recalled: { byId: 'bob', at: 5, reason: 'typo' } })
    expect(changed<'recalled'>(aMessage({ seq: 1 }), { kind: 'recalled' }).recalled).toEqual({})
  })

  it('takes the later edit where edits have no number, else the one with the higher number', () => {
    const edit = (message: Message, words: string, revision?: number) =>
      changed<'edited'>(message, {
        kind: 'edited',
        body: { parts: text(words) },
        ...(revision !== undefined && { revision }),
      })
    const first = aMessage({ seq: 1, text: 'first' })
    expect(textsOf([edit(edit(first, 'second'), 'third')])).toEqual(['third'])
    const third = edit(first, 'third', 3)
    expect(third.revision).toBe(3)
    expect(edit(third, 'second', 2)).toBe(third)
    expect(edit(third, 'third again', 3)).toBe(third)
  })

  it('replaces the totals of the reactions it tells, or all of them', () => {
    const message = aMessage({
      seq: 1,
      reactions: [
        { key: 'heart', count: 2, someIds: ['bob'] },
        { key: 'laugh', count: 1, someIds: ['bob'] },
      ],
    })
    const totals = [
      { key: 'laugh', count: 0, someIds: [] },
      { key: 'wow', count: 3, someIds: [] },
    ]
    const some = changed<'reaction-totals'>(message, { kind: 'reaction-totals', totals, isWhole: false })
    expect(some.reactions?.map(({ key, count }) => [key, count])).toEqual([
      ['heart', 2],
      ['wow', 3],
    ])
    const whole = changed<'reaction-totals'>(message, {
      kind: 'reaction-totals',
      totals: totals.slice(1),
      isWhole: true,
    })
    expect(whole.reactions).toEqual(totals.slice(1))
  })

  it('counts the reactions of one user, told twice the same, and knows which are mine', () => {
    const react = (message: Message, userId: string, ...reactionKeys: string[]) =>
      changed<'reactions-of'>(message, { kind: 'reactions-of', userId, reactionKeys })
    const both = react(react(aMessage({ seq: 1 }), 'bob', 'heart'), 'alice', 'heart', 'wow')
    expect(both.reactions).toEqual([
      { key: 'heart', count: 2, someIds: ['bob', 'alice'], isMine: true },
      { key: 'wow', count: 1, someIds: ['alice'], isMine: true },
    ])
    expect(react(both, 'alice', 'heart', 'wow').reactions).toEqual(both.reactions)
    expect(react(both, 'alice').reactions).toEqual([
      { key: 'heart', count: 1, someIds: ['bob'], isMine: false },
    ])
  })

  it('sets and deletes extensions, and keeps the others', () => {
    const message = aMessage({ seq: 1, extensions: { a: '1', b: '2', c: '3' } })
    const after = changed<'extensions'>(message, {
      kind: 'extensions',
      set: { b: '20', d: '4' },
      deleted: ['a'],
    })
    expect(after.extensions).toEqual({ b: '20', c: '3', d: '4' })
  })
})
