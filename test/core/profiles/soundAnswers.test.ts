import { describe, expect, it } from 'vitest'
import { soundGroups, soundProfiles } from '../../../src/core/profiles'

describe('soundProfiles', () => {
  it('keeps what was asked for, each once, with the fields that can be trusted', () => {
    const answer: unknown = [
      {
        id: 'bob',
        name: 'Bob',
        avatar: 7,
        gender: 'male',
        addMode: 'maybe',
        custom: { a: 1 },
        isAdmin: true,
      },
      { id: 'bob', name: 'Another' },
      { id: 'mallory', name: 'Not asked for' },
      { name: 'without id' },
      null,
      'text',
      JSON.parse('{"id":"carol","name":"Carol","__proto__":{"signature":"polluted"}}'),
    ]
    const found = soundProfiles(answer, ['bob', 'carol', '__proto__'])
    expect(found).toEqual([
      { id: 'bob', name: 'Bob', gender: 'male', custom: { a: 1 } },
      { id: 'carol', name: 'Carol' },
    ])
    expect(found[1]?.signature).toBeUndefined()
    const whole = { id: 'bob', name: 'Bob' }
    expect(soundProfiles([whole], ['bob'])).toEqual([whole])
    expect(soundProfiles([whole], ['bob'])[0]).not.toBe(whole)
    expect(soundProfiles({ length: 3 }, ['bob'])).toEqual([])
    expect(soundProfiles(undefined, ['bob'])).toEqual([])
  })
})

describe('soundGroups', () => {
  it('drops a group of a type that nobody knows and doubts a state that nobody knows', () => {
    const answer: unknown = [
      { id: 'g1', type: 'work', state: 'odd', memberCount: Number.NaN, name: 'One', me: 'x' },
      { id: 'g2', type: 'cult', state: 'joined' },
    ]
    expect(soundGroups(answer, ['g1', 'g2'])).toEqual([
      { id: 'g1', type: 'work', state: 'unknown', name: 'One' },
    ])
  })
})
