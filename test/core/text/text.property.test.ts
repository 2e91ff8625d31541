import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createTextWire,
  escapeText,
  graphemesOf,
  isLookAlike,
  isolate,
  normaliseText,
  segmentText,
  truncateToBytes,
  truncateToUnits,
  unescapeText,
  utf8ByteLength,
} from '../../../src/core/text'
import { anyText, manyRuns } from '../../support/anyText'

const check = (law: (text: string) => void) =>
  fc.assert(
    fc.property(anyText, (text) => {
      law(text)
    }),
    manyRuns,
  )
const graphemes = new Intl.Segmenter()
const ends = (text: string) =>
  new Set(Array.from(graphemes.segment(text), ({ index }) => index).concat(text.length))
/** Signs of the Arabic and Indic scripts that belong to the character after them; a piece may begin behind one. */
const PREPENDED =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u

describe('escaping', () => {
  it('is undone by unescaping, for every string', () => {
    check((text) => expect(unescapeText(escapeText(text))).toBe(text))
  })

  it('leaves nothing that markup could read', () => {
    check((text) => expect(escapeText(text).replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>"']/))
  })

  it('is undone as often as it was done, one layer at a time', () => {
    check((text) => {
      const three = escapeText(escapeText(escapeText(text)))
      expect(unescapeText(three)).toBe(escapeText(escapeText(text)))
      expect(unescapeText(unescapeText(unescapeText(three)))).toBe(text)
    })
  })

  it('is undone on every wire that escapes the ampersand, whichever others it escapes', () => {
    const characters = fc.subarray(['<', '>', '"', "'"]).map((some) => ['&', ...some].join(''))
    fc.assert(
      fc.property(anyText, characters, (text, some) => {
        expect(unescapeText(escapeText(text, some), some)).toBe(text)
      }),
      manyRuns,
    )
  })
})

describe('a wire', () => {
  const forms = fc.constantFrom('raw' as const, 'escaped' as const)

  it('gives back what was written on it, under every policy', () => {
    fc.assert(
      fc.property(anyText, forms, forms, fc.boolean(), (text, writes, unmarked, canMark) => {
        fc.pre(canMark || writes === unmarked)
        const wire = createTextWire({ writes, unmarked, canMark })
        expect(wire.fromWire(wire.toWire(text))).toBe(text)
      }),
      manyRuns,
    )
  })

  it('shows the same text from old clients and new ones where it carries marks', () => {
    fc.assert(
      fc.property(anyText, forms, (text, unmarked) => {
        const [older, newer] = [
          createTextWire({ writes: 'escaped', unmarked, canMark: true }),
          createTextWire({ writes: 'raw', unmarked, canMark: true }),
        ]
        expect(newer.fromWire(older.toWire(text))).toBe(text)
        expect(older.fromWire(newer.toWire(text))).toBe(text)
      }),
      manyRuns,
    )
  })
})

describe('normalising', () => {
  it('changes nothing the second time', () => {
    check((text) => expect(normaliseText(normaliseText(text))).toBe(normaliseText(text)))
  })

  it('leaves only what XML and UTF-8 can carry', () => {
    check((text) => {
      const clean = normaliseText(text)
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(clean))).toBe(
        clean,
      )
      expect(clean).toMatch(/^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
    })
  })

  it('keeps every character that may stay', () => {
    // eslint-disable-next-line no-control-regex -- those that may not
    const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu
    check((text) => {
      const kept = (some: string) => some.replaceAll('\ufffd', '').replace(forbidden, '').replaceAll('\n', '')
      expect(kept(normaliseText(text))).toBe(kept(text))
    })
  })
})

describe('measuring and cutting', () => {
  it('counts the bytes an encoder makes', () => {
    check((text) => expect(utf8ByteLength(text)).toBe(new TextEncoder().encode(text).length))
  })

  it('takes a text apart into characters as the platform does, however long the text is', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 300 }), (text, before) => {
        const long = '.'.repeat(before) + text + text
        expect([...graphemesOf(long)]).toEqual(Array.from(graphemes.segment(long), ({ segment }) => segment))
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes as much as fits into the bytes and cuts no character', () => {
    fc.assert(
      fc.property(anyText, fc.nat(200), (text, most) => {
        const cut = truncateToBytes(text, most)
        expect(text.startsWith(cut)).toBe(true)
        expect(utf8ByteLength(cut)).toBeLessThanOrEqual(most)
        expect(ends(text)).toContain(cut.length)
        const [next] = graphemesOf(text.slice(cut.length))
        if (next !== undefined) expect(utf8ByteLength(cut) + utf8ByteLength(next)).toBeGreaterThan(most)
        expect(truncateToBytes(cut, most)).toBe(cut)
      }),
      manyRuns,
    )
  })

  it('does the same by units', () => {
    fc.assert(
      fc.property(anyText, fc.nat(80), (text, most) => {
        const cut = truncateToUnits(text, most)
        expect(text.startsWith(cut)).toBe(true)
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(ends(text)).toContain(cut.length)
      }),
      manyRuns,
    )
  })
})

describe('taking apart', () => {
  const options = {
    mentions: [{ name: 'Ann', userId: 'ann' }, { name: '林悦', userId: 'lin' }, { name: 'all' }],
    faces: new Map([['[smile]', 'smile']]),
  }

  it('keeps every character, with and without people and faces', () => {
    check((text) => {
      for (const given of [{}, options]) {
        const segments = segmentText(text, given)
        expect(segments.map(({ raw }) => raw).join('')).toBe(text)
        expect(segments.every(({ raw }) => raw !== '')).toBe(true)
      }
    })
  })

  it('makes links of four schemes and no other', () => {
    check((text) => {
      for (const segment of segmentText(text, options)) {
        if (segment.kind === 'link') expect(segment.url).toMatch(/^(?:https?:\/\/|mailto:|tel:)[^\s<>]+$/i)
      }
    })
  })

  it('cuts no character in two', () => {
    check((text) => {
      const whole = ends(text)
      let at = 0
      for (const { raw } of segmentText(text, options)) {
        if (!PREPENDED.test(text.slice(Math.max(0, at - 2), at))) expect(whole).toContain(at)
        at += raw.length
      }
    })
  })
})

describe('isolating', () => {
  it('adds marks of direction and nothing else, and always as many openings as ends', () => {
    check((text) => {
      const isolated = isolate(text)
      const bare = (some: string) => some.replace(/[\u2066-\u2069]/g, '')
      expect(bare(isolated)).toBe(bare(text))
      let open = 0
      for (const sign of isolated.match(/[\u2066-\u2069]/g) ?? []) {
        open += sign === '\u2069' ? -1 : 1
        expect(open).toBeGreaterThanOrEqual(0)
      }
      if (isolated !== text) expect(open).toBe(0)
    })
  })
})

describe('looking alike', () => {
  it('goes both ways, and a name that can be seen looks like itself', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(isLookAlike(one, other)).toBe(isLookAlike(other, one))
        if (/[a-z]/.test(one)) expect(isLookAlike(one, one)).toBe(true)
      }),
      manyRuns,
    )
  })
})
