import { describe, expect, it } from 'vitest'
import { isAskableId, SnapshotNotes, soundGroups, soundProfiles } from '../../../src/core/profiles'

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

describe('isAskableId', () => {
  it.each([
    ['bob', true],
    ['', false],
    ['x'.repeat(32), true],
    ['x'.repeat(33), false],
    ['é'.repeat(17), false],
    ['a\nb', false],
    [undefined, false],
    [7, false],
  ])('%o: %s', (id, isAskable) => expect(isAskableId(id, 32)).toBe(isAskable))
})

describe('SnapshotNotes', () => {
  it('calls a later and different snapshot news, once', () => {
    const notes = new SnapshotNotes()
    const profile = { id: 'bob', name: 'Bob' }
    expect(notes.isNews('bob', { name: 'Bob', at: 200 }, profile, 100)).toBe(false)
    expect(notes.isNews('bob', { name: 'Rob', at: 50 }, profile, 100)).toBe(false)
    expect(notes.isNews('bob', { at: 200 }, profile, 100)).toBe(false)
    expect(notes.isNews('bob', { name: 'Rob', at: 9e15 }, profile, 100)).toBe(true)
    expect(notes.isNews('bob', { avatar: '/new.png', at: 200 }, profile, 100)).toBe(true)
    notes.follow(['bob'])
    expect(notes.isNews('bob', { name: 'Rob', at: 9e15 }, profile, 300)).toBe(false)
  })
})
