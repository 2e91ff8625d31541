// Looks for a text that breaks `segmentText` or makes it slow: `node test/fuzz/segmentText.mjs --seconds 60 --seed 1`. Ends with 1
// where it found one, and says which. What it finds belongs into test/core/text/segmentText.test.ts and the bench.
import { mkdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outDir = `${root}.cache/fuzz`

/** A character in a text of a million may cost so many times what it costs in a text of ten thousand. */
const mostGrowth = 1.5

const pieces = [
  ...[
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '<',
    '>',
    '@',
    '&',
    '#',
    '?',
    '=',
    '.',
    ',',
    '/',
    ':',
    ';',
    '-',
    '_',
    '"',
    "'",
    '`',
  ],
  ...[
    'http://',
    'https://',
    'HTTPS://',
    'www.',
    'mailto:',
    'tel:',
    'tel:+1',
    '://',
    'xn--',
    'a.com',
    'b@c.de',
    '127.0.0.1',
  ],
  ...[
    'a',
    'Z',
    '0',
    '%20',
    '\\',
    '|',
    '~',
    ' ',
    '\n',
    '\t',
    '中',
    '。',
    '，',
    'а',
    'ё',
    'α',
    'ü',
    'ß',
    'İ',
    'ﬁ',
  ],
  ...[
    '😀',
    '👨\u200d',
    '👍🏽',
    '🇩',
    '🇩🇪',
    '1\ufe0f\u20e3',
    '\u0301',
    '\u200d',
    '\ufe0f',
    '\u202e',
    '\u2068',
    '\u00ad',
  ],
  ...[
    '\ud83d',
    '\ude00',
    '\u0000',
    '\uffff',
    '[smile]',
    '[smil',
    '@Ann',
    '@Ann Lee',
    '@林悦',
    '＠',
    'क्',
    'ষি',
    '한',
    'ᆨ',
  ],
]

async function main() {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
  const seconds = Number(values.seconds ?? 60)
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const segmentText = await theFunction()
  const random = createRandom(seed)
  const options = {
    mentions: [{ name: 'Ann', userId: 'a' }, { name: 'Ann Lee', userId: 'b' }, { name: '林悦' }],
    faces: new Map([['[smile]', 'smile']]),
  }
  const segment = (text) => segmentText(text, options)
  const endAt = performance.now() + seconds * 1_000
  let texts = 0
  let slowest = { growth: 0, unit: '' }
  while (performance.now() < endAt) {
    for (let time = 0; time < 300; time++, texts++) {
      const text = some(random, 1 + Math.floor(random() * 60))
      if (joined(segment(text)) !== text) return fail(seed, `does not give back ${JSON.stringify(text)}`)
    }
    const unit = some(random, 1 + Math.floor(random() * 5)) + (random() < 0.3 ? ' ' : '')
    const growth = growthOf(segment, unit)
    if (growth > slowest.growth) slowest = { growth, unit }
    if (growth > mostGrowth) return fail(seed, `grows ${growth.toFixed(2)} x with ${JSON.stringify(unit)}`)
  }
  say(
    `seed ${seed}: ${texts} texts, the most growth ${slowest.growth.toFixed(2)} x with ${JSON.stringify(slowest.unit)}`,
  )
  return 0
}

/**
 * What a character of a long text costs over that of a short one: a million of them in one text, or in a hundred. Both times
 * all pieces are kept to the end, for memory that is held costs by itself. Measured anew before it counts: other work
 * disturbs.
 */
function growthOf(segment, unit) {
  const short = unit.repeat(Math.ceil(10_000 / unit.length))
  const long = unit.repeat(Math.ceil(1_000_000 / unit.length))
  let [shortCost, longCost] = [Infinity, Infinity]
  for (let round = 0; round < 12; round++) {
    shortCost = Math.min(shortCost, costOf(segment, short, 100))
    longCost = Math.min(longCost, costOf(segment, long, 1))
    if (round >= 1 && longCost / shortCost <= mostGrowth) break
  }
  return longCost / shortCost
}

function costOf(segment, text, times) {
  const from = process.cpuUsage()
  const kept = Array.from({ length: times }, () => segment(text))
  const { user, system } = process.cpuUsage(from)
  return (user + system) / (kept.length * text.length)
}

function joined(segments) {
  return segments.map(({ raw }) => raw).join('')
}

function some(random, count) {
  return Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)]).join('')
}

/** Numbers from 0 to 1 that a seed repeats. */
function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function theFunction() {
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      minify: false,
      lib: { entry: `${root}src/core/text/index.ts`, formats: ['es'], fileName: () => 'text.mjs' },
    },
  })
  const { segmentText } = await import(pathToFileURL(`${outDir}/text.mjs`).href)
  return segmentText
}

function fail(seed, words) {
  say(`seed ${seed}: ${words}`)
  return 1
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

process.exitCode = await main()
