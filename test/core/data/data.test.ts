import { describe, expect, it } from 'vitest'
import { copied, frozen } from '../../../src/core/data'

const nested = () => ({ a: [1, { b: 'x' }], c: Object.assign(Object.create(null), { d: [] }) as object })

describe('frozen', () => {
  it('freezes plain data all the way down and gives the same back', () => {
    const value = nested()
    expect(frozen(value)).toBe(value)
    expect([value, value.a, value.a[1], value.c].every(Object.isFrozen)).toBe(true)
  })

  it('leaves bytes and objects of a class as they are', () => {
    const value = { bytes: new Uint8Array(2), error: new Error('x') }
    frozen(value)
    value.bytes[0] = 7
    expect(value.bytes[0]).toBe(7)
    expect(Object.isFrozen(value.error)).toBe(false)
  })

  it.each([undefined, null, 0, '', true])('gives %s back', (value) => {
    expect(frozen(value)).toBe(value)
  })
})

describe('copied', () => {
  it('makes plain data anew, so that the first one may change', () => {
    const value = nested()
    const copy = copied(value)
    value.a.push(2)
    expect(copy).toEqual(nested())
  })

  it('keeps bytes and objects of a class the same', () => {
    const value = { bytes: new Uint8Array(2), error: new Error('x') }
    expect(copied(value).bytes).toBe(value.bytes)
    expect(copied(value).error).toBe(value.error)
  })

  it('is no door to the prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"isAdmin":true}}') as object
    expect('isAdmin' in copied(hostile)).toBe(false)
    expect(Object.getPrototypeOf(copied(hostile))).toBe(Object.prototype)
  })
})
