import { describe, expect, it } from 'vitest'
import { moveInList } from '../../../src/components/RovingList/moveInList'

describe('moving in a list by keys', () => {
  it('goes by one, by a page, and to both ends', () => {
    expect(moveInList('ArrowDown', 3, 10, 4)).toBe(4)
    expect(moveInList('ArrowUp', 3, 10, 4)).toBe(2)
    expect(moveInList('PageDown', 3, 10, 4)).toBe(7)
    expect(moveInList('PageUp', 6, 10, 4)).toBe(2)
    expect(moveInList('Home', 6, 10, 4)).toBe(0)
    expect(moveInList('End', 6, 10, 4)).toBe(9)
  })

  it('stays inside', () => {
    expect(moveInList('ArrowUp', 0, 10, 4)).toBe(0)
    expect(moveInList('PageDown', 9, 10, 4)).toBe(9)
    expect(moveInList('End', 0, 0, 4)).toBeUndefined()
  })

  it('leaves other keys alone', () => {
    expect(moveInList('a', 3, 10, 4)).toBeUndefined()
  })
})
