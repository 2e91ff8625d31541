import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../../src/components/Message/blocksOf'
import type { Part } from '../../../src/model'

function picture(key: string): Part {
  return { kind: 'image', file: { at: 'remote', key } }
}
const words: Part = { kind: 'text', text: 'and then' }

describe('the blocks of a message', () => {
  it('leave a single picture as it is', () => {
    expect(blocksOf([picture('1'), words])).toEqual([
      { key: 0, kind: 'image', part: picture('1') },
      { key: 1, kind: 'text', part: words },
    ])
  })
  it('make an album of pictures side by side, and another one behind words', () => {
    expect(blocksOf(['1', '2', '3'].map(picture).concat(words, picture('4'), picture('5')))).toEqual([
      { key: 0, kind: 'image', album: ['1', '2', '3'].map(picture) },
      { key: 3, kind: 'text', part: words },
      { key: 4, kind: 'image', album: ['4', '5'].map(picture) },
    ])
  })
  it('are none where there are no parts', () => {
    expect(blocksOf([])).toEqual([])
  })
})
