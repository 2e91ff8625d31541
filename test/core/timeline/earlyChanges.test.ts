import { describe, expect, it } from 'vitest'
import { keepEarly, takeEarly } from '../../../src/core/timeline/earlyChanges'
import type { MessageChange } from '../../../src/model'

class EarlyChanges {
  private waiting: readonly MessageChange[] = []
  keep(change: MessageChange): void {
    this.waiting = keepEarly(this.waiting, change)
  }
  take(keys: readonly string[]): readonly MessageChange[] {
    const { taken, rest } = takeEarly(this.waiting, keys)
    this.waiting = rest
    return taken
  }
}

function anEdit(revision: number, ...keys: string[]): MessageChange {
  return {
    kind: 'edited',
    ref: { conversationId: 'c1', keys },
    isVouched: true,
    body: { parts: [] },
    revision,
  }
}

function revisions(changes: readonly MessageChange[]) {
  return changes.map((change) => (change.kind === 'edited' ? change.revision : undefined))
}

describe('changes that come before their message', () => {
  it('wait under any key of it, and are handed out once, in the order they came', () => {
    const early = new EarlyChanges()
    early.keep(anEdit(1, 'a', 'b'))
    early.keep(anEdit(2, 'a'))
    early.keep(anEdit(9, 'other'))
    expect(revisions(early.take(['a', 'b']))).toEqual([1, 2])
    expect(early.take(['a', 'b'])).toEqual([])
    expect(revisions(early.take(['other']))).toEqual([9])
  })

  it('of one message that never comes are not kept without end: the newest fifty stay', () => {
    const early = new EarlyChanges()
    for (let revision = 1; revision <= 1_000; revision++) early.keep(anEdit(revision, 'a'))
    const kept = revisions(early.take(['a']))
    expect(kept).toHaveLength(50)
    expect(kept.at(0)).toBe(951)
    expect(kept.at(-1)).toBe(1_000)
  })

  it('of many messages that never come are not kept without end: the oldest go', () => {
    const early = new EarlyChanges()
    for (let index = 0; index < 3_000; index++) early.keep(anEdit(index, `k${index}`))
    expect(early.take(['k999'])).toEqual([])
    expect(revisions(early.take(['k1000']))).toEqual([1_000])
    expect(revisions(early.take(['k2999']))).toEqual([2_999])
  })
})
