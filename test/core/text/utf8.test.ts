import { describe, expect, it } from 'vitest'
import { graphemesOf, truncateToBytes, utf8ByteLength } from '../../../src/core/text'

const SAMPLES = [
  '',
  'plain',
  'é',
  '中文',
  '😀',
  '👨‍👩‍👧',
  'e\u0301',
  '🇩🇪🇫🇷',
  '👍🏽',
  '한국',
  'क्षि',
  'a\ud800b',
  '\udc00',
  'مرحبا',
  '混合 mixed 😀',
]

describe('utf8ByteLength', () => {
  it.each(SAMPLES)('counts %j as an encoder does', (text) => {
    expect(utf8ByteLength(text)).toBe(new TextEncoder().encode(text).length)
  })
})

describe('truncateToBytes', () => {
  it.each(SAMPLES)('cuts %j at every length without breaking a character', (text) => {
    for (let limit = 0; limit <= utf8ByteLength(text); limit++) {
      const cut = truncateToBytes(text, limit)
      expect(utf8ByteLength(cut)).toBeLessThanOrEqual(limit)
      expect(text.startsWith(cut)).toBe(true)
      const [next] = graphemesOf(text.slice(cut.length))
      if (next !== undefined) expect(utf8ByteLength(cut + next)).toBeGreaterThan(limit)
    }
  })
})
