import fc from 'fast-check'
import { expect, it } from 'vitest'
import { patchedFields } from '../../../src/core/patches'
import type { Json } from '../../../src/model'

it.each<[about: string, known: Json | undefined, given: Json, after: Json | undefined]>([
  ['begins with what is given', undefined, { a: 1 }, { a: 1 }],
  ['keeps what is not named', { a: 1, b: { c: 2 } }, { a: 3 }, { a: 3, b: { c: 2 } }],
  ['writes a key as a whole', { b: { c: 2 } }, { b: { d: 4 } }, { b: { d: 4 } }],
  ['takes one away', { a: 1, b: 2 }, { a: null }, { b: 2 }],
  ['takes away what is not there', { b: 2 }, { a: null }, { b: 2 }],
  ['has nothing left', { a: 1 }, { a: null }, undefined],
  ['is cleared', { a: 1 }, null, undefined],
  ['changes nothing', { a: 1 }, {}, { a: 1 }],
  ['is no record and is written whole', { a: 1 }, [1, 2], [1, 2]],
  ['replaces what was no record', 'words', { a: 1 }, { a: 1 }],
])('%s', (_about, known, given, after) => {
  expect(patchedFields(known, given)).toEqual(after)
})

it('comes to the same whoever of two is first, as long as they write different keys', () => {
  const value = fc.option(fc.integer())
  const bag = (keys: string) => fc.dictionary(fc.constantFrom(...keys), value)
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...'abcdef'), fc.integer()),
      bag('abc'),
      bag('def'),
      (known, one, two) => {
        const both = patchedFields(patchedFields(known, one), two)
        expect(patchedFields(patchedFields(known, two), one)).toEqual(both)
      },
    ),
  )
})
