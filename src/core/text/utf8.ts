import { graphemesOf } from './graphemes'

/** How many bytes a string takes in UTF-8; a lone surrogate counts as U+FFFD, three bytes (B3). */
export function utf8ByteLength(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    else if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4
      index++
    } else bytes += 3
  }
  return bytes
}

/** The longest beginning of `text` that fits in `maxBytes` UTF-8 bytes; what a reader takes for one character stays whole (B3). */
export function truncateToBytes(text: string, maxBytes: number): string {
  let bytes = 0
  let end = 0
  for (const grapheme of graphemesOf(text)) {
    bytes += utf8ByteLength(grapheme)
    if (bytes > maxBytes) break
    end += grapheme.length
  }
  return text.slice(0, end)
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
