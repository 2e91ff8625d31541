import { describe, expect, it } from 'vitest'
import { colourNumberOf, initialsOf } from '../../../src/components/Avatar/initials'

describe('initials', () => {
  it('are the first letters of the first and the last word', () => {
    expect(initialsOf('Maya Okafor')).toBe('MO')
    expect(initialsOf('anna maria lopez')).toBe('AL')
    expect(initialsOf('night_shift')).toBe('NS')
  })

  it('are one sign where one sign says enough', () => {
    expect(initialsOf('林悦')).toBe('林')
    expect(initialsOf('설계 팀')).toBe('설')
    expect(initialsOf('alice')).toBe('A')
    expect(initialsOf('👩‍👩‍👧 family')).toBe('👩‍👩‍👧')
  })

  it('never fail on a name of signs alone', () => {
    expect(initialsOf('...')).toBe('.')
    expect(initialsOf('')).toBe('')
  })
})

describe('the colours of an avatar', () => {
  it('are always the same for an id and differ between ids', () => {
    expect(colourNumberOf('alice')).toEqual(colourNumberOf('alice'))
    const seen = new Set(Array.from({ length: 200 }, (_, index) => colourNumberOf(`user-${index}`)))
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})
