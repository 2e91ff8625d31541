/** All that a value holds, as text: equal for equal values, whatever the order of their fields. */
export function readingOf(value: unknown, passedOver: ReadonlySet<string> = new Set()): string {
  const seen = new Set<object>()
  function read(value: unknown): string {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value !== 'object' || value === null) return String(value)
    if (seen.has(value)) return 'again'
    seen.add(value)
    const text = readObject(value)
    seen.delete(value)
    return text
  }
  function readObject(value: object): string {
    if (value instanceof Map) return `Map(${[...value].map(read).join()})`
    if (value instanceof Set) return `Set(${[...value].map(read).join()})`
    if (Array.isArray(value)) return `[${value.map(read).join()}]`
    const fields = Object.entries(value)
      .filter(([name, field]) => !passedOver.has(name) && field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([name, field]) => `${name}:${read(field)}`).join()}}`
  }
  return read(value)
}
