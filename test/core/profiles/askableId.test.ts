import { describe, expect, it } from 'vitest'
import { isAskableId } from '../../../src/core/profiles'

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
