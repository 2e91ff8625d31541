import { describe, expect, it } from 'vitest'
import { createImeGuard } from '../../../src/components/InputMethod'

const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 }

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
    expect(guard.isComposing({ ...enter, isComposing: true })).toBe(true)
    expect(guard.isComposing({ ...enter, keyCode: 229 })).toBe(true)
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

  it('gives an Enter back where the line ends after all, once the composition is over', () => {
    const { guard, pass } = guardAt()
    guard.onStart()
    guard.isComposing({ ...enter, isComposing: true, keyCode: 229 })
    expect(guard.isEnterGivenBack()).toBe(false)
    guard.onEnd()
    expect(guard.isEnterGivenBack()).toBe(true)
    pass(100)
    guard.isComposing({ ...enter, key: 'a', keyCode: 65 })
    expect(guard.isEnterGivenBack()).toBe(false)
  })

  it('gives back neither an Enter that went through nor one that makes a line', () => {
    const { guard } = guardAt()
    guard.isComposing(enter)
    expect(guard.isEnterGivenBack()).toBe(false)
    guard.isComposing({ ...enter, keyCode: 229, shiftKey: true })
    expect(guard.isEnterGivenBack()).toBe(false)
  })
})
