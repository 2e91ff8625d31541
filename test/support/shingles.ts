/** So many characters in a row are no coincidence. */
const SHINGLE_LENGTH = 12

/** Every run of that many characters of a text, white space left out. */
export function shinglesOf(text: string): readonly string[] {
  const bare = text.replace(/\s/gu, '')
  return Array.from({ length: Math.max(0, bare.length - SHINGLE_LENGTH + 1) }, (_, start) =>
    bare.slice(start, start + SHINGLE_LENGTH),
  )
}

/** A number of 32 bits that stands for a text (FNV-1a over its UTF-16 units). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193)
  }
  return hash >>> 0
}

/** The numbers of all shingles of a document, packed. */
export function packShingles(text: string): string {
  const sorted = Uint32Array.from(new Set(shinglesOf(text).map(hashOf))).sort()
  return Buffer.from(sorted.buffer).toString('base64')
}

/** What `packShingles` packed. */
export function unpackShingles(packed: string): ReadonlySet<number> {
  const bytes = Uint8Array.from(Buffer.from(packed, 'base64'))
  return new Set(new Uint32Array(bytes.buffer))
}
