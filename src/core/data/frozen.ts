import { isPlain } from './isPlain'

/** The value, frozen all the way down, so that whoever is given it cannot change what others hold; bytes stay as they are. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || !isPlain(value)) return value
  Object.freeze(value)
  Object.values(value).forEach(frozen)
  return value
}
