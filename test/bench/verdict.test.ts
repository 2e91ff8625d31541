import { describe, expect, it } from 'vitest'
import { exitCodeOf, fileOf, judge, median, tableOf } from './verdict.mjs'

const opening = (n: number, value: number) => ({ name: 'open.ms', n, value, unit: 'ms' })

describe('The limits of the bench', () => {
  it('hold what grows to its value at the smallest size', () => {
    const verdicts = judge([opening(1_000_000, 149), opening(100, 100)])
    expect(verdicts.map(({ growth, isOver }) => [growth, isOver])).toEqual([
      [1.49, false],
      [1, false],
    ])
    expect(exitCodeOf(verdicts)).toBe(0)
  })

  it('count for every measure whose name begins so, each with its own smallest size', () => {
    const text = (unit: string, n: number, value: number) => ({
      name: `text.ns-per-character ${unit}`,
      n,
      value,
      unit: 'ns',
    })
    const verdicts = judge([
      text('"["', 10_000, 10),
      text('"["', 1_000_000, 14),
      text('"@"', 10_000, 1),
      text('"@"', 1_000_000, 2),
    ])
    expect(verdicts.map(({ isOver }) => isOver)).toEqual([false, false, false, true])
  })

  it('end with 1 where one of many is over', () => {
    const verdicts = judge([opening(100, 100), opening(100_000, 90), opening(1_000_000, 151)])
    expect(verdicts.map(({ isOver }) => isOver)).toEqual([false, false, true])
    expect(exitCodeOf(verdicts)).toBe(1)
  })

  it('hold what has a fixed limit to it, at every size', () => {
    const transactions = { name: 'cache.transactions-per-1000', unit: 'transactions' }
    const verdicts = judge([
      { ...transactions, n: 40, value: 20 },
      { ...transactions, n: 100, value: 20.1 },
    ])
    expect(verdicts.map(({ isOver }) => isOver)).toEqual([false, true])
  })

  it('take the limit that came with a value', () => {
    const requests = { name: 'profiles.requests', n: 5_000, unit: 'requests', most: 8 }
    expect(exitCodeOf(judge([{ ...requests, value: 8 }]))).toBe(0)
    expect(exitCodeOf(judge([{ ...requests, value: 9 }]))).toBe(1)
  })

  it('hold what is measured beside the same done plainly to both of its limits', () => {
    const append = (n: number, value: number, beside: number) => ({
      ...{ name: 'panel.append-ms', n, value, beside, unit: 'ms' },
    })
    const verdicts = judge([append(100, 10, 5), append(10_000, 12, 5), append(100_000, 14, 8)])
    expect(verdicts.map(({ ratio, isOver, limit }) => [ratio, isOver, limit])).toEqual([
      [2, false, '1.3 x, 2 x plain'],
      [2.4, true, '1.3 x, 2 x plain'],
      [1.75, true, '1.3 x, 2 x plain'],
    ])
    const frames = { name: 'burst.long-task-ms', n: 1_000, unit: 'ms' }
    expect(judge([{ ...frames, value: 0, beside: 0 }])[0]?.isOver).toBe(false)
    expect(judge([{ ...frames, value: 60, beside: 0 }])[0]?.isOver).toBe(true)
  })

  it('let no missing number pass', () => {
    expect(exitCodeOf(judge([opening(100, 100), opening(1_000_000, NaN)]))).toBe(1)
    expect(exitCodeOf(judge([]))).toBe(1)
  })
})

describe('What the bench prints', () => {
  it('says for each measure its value, its growth, its limit and how it stands', () => {
    const lines = tableOf(judge([opening(100, 100), opening(1_000_000, 151)]))
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['measure', 'n', 'value', 'unit', 'growth', 'plain', 'ratio', 'limit'],
      ['open.ms', '100', '100', 'ms', '1.00 x', '1.5 x', 'ok'],
      ['open.ms', '1,000,000', '151', 'ms', '1.51 x', '1.5 x', 'OVER'],
    ])
  })

  it('writes a list of names, sizes, values and units', () => {
    expect(JSON.parse(fileOf([{ ...opening(100, 7.5), most: 9 }]))).toEqual([opening(100, 7.5)])
  })

  it('takes the middle of what was measured', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 9, 2])).toBe(3)
  })
})
