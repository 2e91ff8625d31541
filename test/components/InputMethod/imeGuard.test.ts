import { describe, expect, it } from 'vitest'
import { createImeGuard } from '../../../src/components/InputMethod'

const enter = { isComposing: false, keyCode: 13 }

function guardAt(start = 1000) {
  let now = start
  return { guard: createImeGuard(() => now), pass: (ms: number) => (now += ms) }
}

describe('the guard of input methods', () => {
  it('lets a plain Enter through', () => {
    expect(guardAt().guard.isComposing(enter)).toBe(false)
  })

  it('holds every key while a composition is open', () => {
    const { guard } = guardAt()
    guard.onStart()
    expect(guard.isComposing(enter)).toBe(true)
  })

  it('believes the browser that says it composes, though no start was seen', () => {
    const { guard } = guardAt()
    expect(guard.isComposing({ isComposing: true, keyCode: 13 })).toBe(true)
    expect(guard.isComposing({ isComposing: false, keyCode: 229 })).toBe(true)
  })

  it('holds the Enter that one browser reports just after the composition has ended', () => {
    const { guard, pass } = guardAt()
    guard.onStart()
    guard.onEnd()
    pass(8)
    expect(guard.isComposing(enter)).toBe(true)
  })

  it('lets the next Enter through a moment later', () => {
    const { guard, pass } = guardAt()
    guard.onStart()
    guard.onEnd()
    pass(60)
    expect(guard.isComposing(enter)).toBe(false)
  })
})
