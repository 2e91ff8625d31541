/**
 * What is known after a patch: absent fields say nothing, null clears. The patch of something unknown is its beginning, so
 * it must name what the noun cannot be without.
 */
export function patched<T extends object>(known: T | undefined, patch: object): T {
  const next: Record<string, unknown> = { ...known }
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete next[field]
    else if (value !== undefined) next[field] = value
  }
  return next as T
}
