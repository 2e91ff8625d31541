import { describe, expect, it } from 'vitest'
import { mentionsIn } from '../../../src/core/text'

const names = [
  { name: 'Bob', userId: 'bob' },
  { name: '林悦', userId: 'linyue' },
  { name: 'bob', userId: 'bob' },
  { name: 'all' },
]

describe('whom a text points at', () => {
  it('is whoever was picked and still stands there, each once', () => {
    expect(mentionsIn('@林悦 and @Bob, @bob!', names)).toEqual({ userIds: ['linyue', 'bob'], isAll: false })
  })

  it('is nobody whose name was cut, or who was not picked', () => {
    for (const text of ['@Bo', '@Bobby', 'Bob', '@Carol', 'me@Bob.com']) {
      expect([text, mentionsIn(text, names)]).toEqual([text, undefined])
    }
  })

  it('may be everybody', () => {
    expect(mentionsIn('@all, lunch', names)).toEqual({ userIds: [], isAll: true })
  })
})
