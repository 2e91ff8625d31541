/** The value, frozen all the way down, so that whoever is given it cannot change what others hold; bytes stay as they are. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (!isPlain(value)) return value
  Object.freeze(value)
  Object.values(value).forEach(frozen)
  return value
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
