import { describe, expect, it } from 'vitest'
import { SnapshotNotes } from '../../../src/core/profiles'

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
