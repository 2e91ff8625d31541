import { median } from '../verdict.mjs'

/** Makes measures of what was found by size, in rounds: the median of what is picked, where there is anything. */
export function mediansOf(found) {
  return (name, unit, pick) =>
    [...found].flatMap(([n, all]) => {
      const values = all.map((one) => pick(one, n)).filter((value) => value !== undefined)
      return values.length === 0 ? [] : [{ name, n, value: median(values), unit }]
    })
}
