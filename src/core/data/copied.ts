import { isPlain } from './isPlain'

/** The value with all its lists and plain objects made anew; whatever else it holds, such as bytes, stays the same. */
export function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  if (Array.isArray(value)) return value.map(copied) as T
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item as unknown)])) as T
}
