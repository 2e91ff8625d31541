import { describe, expect, it } from 'vitest'
import { friendRequestVerdict } from '../../../src/core/friends'

const DAY = 86_400_000
const asked = 1_000 * DAY

describe('Whether somebody may be asked', () => {
  it('is no question for whom nobody has asked, and for whom has accepted before', () => {
    expect(friendRequestVerdict(undefined, asked)).toEqual({ mayAsk: true })
    expect(friendRequestVerdict({ state: 'accepted', askedAt: asked }, asked + 1)).toEqual({ mayAsk: true })
    expect(friendRequestVerdict({ state: 'gone', askedAt: asked }, asked + 1)).toEqual({ mayAsk: true })
  })

  it.each([
    ['the moment he is asked', 0, false],
    ['a millisecond before 7 days are over', 7 * DAY - 1, false],
    ['after 7 days', 7 * DAY, true],
  ])('is, while he does not answer, at %s: %#', (_, afterMs, mayAsk) => {
    const verdict = friendRequestVerdict({ state: 'pending', askedAt: asked }, asked + afterMs)
    expect(verdict).toEqual(mayAsk ? { mayAsk } : { mayAsk, because: 'unanswered', untilAt: asked + 7 * DAY })
  })

  it('is, once he has refused, 30 days after the answer and not after the question', () => {
    const history = { state: 'refused', askedAt: asked, answeredAt: asked + 5 * DAY } as const
    const untilAt = asked + 35 * DAY
    expect(friendRequestVerdict(history, untilAt - 1)).toEqual({ mayAsk: false, because: 'refused', untilAt })
    expect(friendRequestVerdict(history, untilAt)).toEqual({ mayAsk: true })
    expect(friendRequestVerdict({ state: 'refused', askedAt: asked }, asked + 30 * DAY - 1).mayAsk).toBe(
      false,
    )
  })

  it('is left to the backend where nobody knows when it was', () => {
    expect(friendRequestVerdict({ state: 'pending' }, asked)).toEqual({ mayAsk: true })
    expect(friendRequestVerdict({ state: 'refused' }, asked)).toEqual({ mayAsk: true })
  })
})
