/** Spoils a value all the way down, as a careless caller might; what cannot be changed stays. */
export function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.values(value).forEach(spoil)
  if (Object.isFrozen(value)) return
  if (Array.isArray(value)) value.length = 0
  else for (const name of Object.keys(value)) Reflect.set(value, name, 'spoilt')
}
