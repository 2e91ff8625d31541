import fc from 'fast-check'

/** Pieces that break what reads text carelessly: signs of two halves, marks, directions, controls, markup and addresses. */
const pieces = [
  ...[
    '&',
    '<',
    '>',
    '"',
    "'",
    '&amp;',
    '&lt;',
    '&amp;lt;',
    '&#39;',
    '&#x27;',
    '&amp;amp;amp;',
    '&quot',
    '&;',
  ],
  ...['\ud83d', '\ude00', '\ud800', '\udfff', '😀', '👨‍👩‍👧', '👍🏽', '🇩🇪', '🇩', '1️⃣', '❤️', '©', '\u{e0067}'],
  ...['\u0301', '\u200d', '\ufe0f', '\u20e3', '🏽', '한', 'क्षि', 'e\u0301', '\r', '\n', '\r\n', '\t', ' '],
  ...[
    '\u202e',
    '\u2066',
    '\u2068',
    '\u2069',
    '\u200f',
    'مرحبا',
    'שלום',
    '\u0000',
    '\u0008',
    '\u001b',
    '\u0085',
  ],
  ...[
    '\ufffe',
    '\uffff',
    '\ufeff',
    '\u200b',
    '中文',
    '，',
    '。',
    '@',
    '＠',
    '@Ann',
    '@林悦',
    '[smile]',
    '[',
    ']',
    '(',
  ],
  ...[
    'http://',
    'https://example.com/a?b=c#d',
    'www.',
    'bob@example.com',
    'mailto:',
    'tel:+8610',
    'a.com',
    '://',
  ],
  ...['javascript:', 'xn--', 'аррӏе.com', '例子.中国', '.', '/', '-', 'a', 'Z', '0', '_'],
]

/** Any string at all, and mostly the kinds that hurt. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((all) => all.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 300 }))
      .map(([piece, times]) => piece.repeat(times)),
  },
)

/** So many strings a law is tried on. */
export const manyRuns = { numRuns: 3_000 }
