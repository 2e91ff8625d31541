import { toRaw } from 'vue'

/**
 * The same data without the proxies that apps may have put around it: neither the database nor a line between tabs can copy
 * a proxy. Files and other objects of a class stay what they are; cycles and great depth end as nothing.
 */
export function plainData<T>(value: T): T {
  return copy(value, 0) as T
}

const DEEPEST = 200

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  const raw: object = toRaw(value)
  if (depth > DEEPEST) return undefined
  if (Array.isArray(raw)) return raw.map((item) => copy(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(raw)
  if (prototype !== Object.prototype && prototype !== null) return raw
  return Object.fromEntries(Object.entries(raw).map(([key, field]) => [key, copy(field, depth + 1)]))
}
