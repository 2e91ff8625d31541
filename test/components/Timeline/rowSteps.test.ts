import { describe, expect, it } from 'vitest'
import { rowSteps } from '../../../src/components/Timeline/rowSteps'

const rowsOf = (keys: string) => [...keys].map((key) => ({ key }))
const stepsOf = (before: string, after: string, anchorKey?: string) =>
  rowSteps(rowsOf(before), rowsOf(after), anchorKey).map(({ rows, isShift }) => [
    rows.map(({ key }) => key).join(''),
    isShift,
  ])

describe('the steps from old rows to new ones', () => {
  it('takes one plain step where rows come at the end', () => {
    expect(stepsOf('abc', 'abcde')).toEqual([['abcde', false]])
  })

  it('keeps the distance from the end where rows come at the start', () => {
    expect(stepsOf('cde', 'abcde')).toEqual([['abcde', true]])
  })

  it('splits a page from above and a message at the end in two steps', () => {
    expect(stepsOf('cd', 'abcde')).toEqual([
      ['abcd', true],
      ['abcde', false],
    ])
  })

  it('keeps the distance from the end where rows at the start are let go', () => {
    expect(stepsOf('abcd', 'cd')).toEqual([['cd', true]])
    expect(stepsOf('abcd', 'cde')).toEqual([
      ['cd', true],
      ['cde', false],
    ])
  })

  it('takes the new rows as they are where nothing is left of the old ones', () => {
    expect(stepsOf('ab', 'xyz')).toEqual([['xyz', false]])
    expect(stepsOf('', 'xyz')).toEqual([['xyz', false]])
    expect(stepsOf('ab', '')).toEqual([['', false]])
  })

  it('shows a page from above and a lost row at the end one after the other', () => {
    expect(stepsOf('cdx', 'abcd')).toEqual([
      ['abcdx', true],
      ['abcd', false],
    ])
  })

  it('shows the newest version of every row after the last step', () => {
    const after = [
      { key: 'a', text: 'new' },
      { key: 'b', text: 'new' },
    ]
    expect(rowSteps([{ key: 'b', text: 'old' }], after).at(-1)?.rows).toBe(after)
  })
})

describe('the steps around the row that is read', () => {
  it('fill a gap above it from its side: what stood above goes, then all that stands there now comes', () => {
    expect(stepsOf('abxy', 'abcdxy', 'x')).toEqual([
      ['xy', true],
      ['abcdxy', true],
    ])
  })

  it('fill a gap above it and add a row at the end', () => {
    expect(stepsOf('abxy', 'abcdxyz', 'y')).toEqual([
      ['xy', true],
      ['abcdxy', true],
      ['abcdxyz', false],
    ])
  })

  it('fill a gap below it in one plain step', () => {
    expect(stepsOf('abxy', 'abcdxy', 'a')).toEqual([['abcdxy', false]])
    expect(stepsOf('abxy', 'abcdxy', 'b')).toEqual([['abcdxy', false]])
  })

  it('let the window slide down: rows go at the start and come at the end', () => {
    expect(stepsOf('abcdef', 'defgh', 'e')).toEqual([
      ['def', true],
      ['defgh', false],
    ])
  })

  it('let the window slide up: rows come at the start and go at the end', () => {
    expect(stepsOf('defgh', 'abcdef', 'e')).toEqual([
      ['abcdefgh', true],
      ['abcdef', false],
    ])
  })

  it('keep a trim at the start apart from rows that come at the end', () => {
    expect(stepsOf('abcd', 'bcde', 'd')).toEqual([
      ['bcd', true],
      ['bcde', false],
    ])
  })

  it('hold on to the next row that stays where the one that is read goes', () => {
    expect(stepsOf('abcd', 'xcd', 'b')).toEqual([
      ['cd', true],
      ['xcd', true],
    ])
    expect(stepsOf('abcd', 'ab', 'd')).toEqual([['ab', false]])
  })
})
