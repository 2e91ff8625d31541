/**
 * What browsers tell a page while an input method composes, in the order in which they tell it.
 *
 * - UI Events, "Key Events During Composition" (https://www.w3.org/TR/uievents/#events-composition-key-events): the key
 *   that begins a composition comes before it with `isComposing` false, the key that ends it comes before its end with
 *   `isComposing` true; "Input Events During Composition" (#events-composition-input-events): beforeinput,
 *   compositionupdate, input, and no input at compositionend.
 * - Chrome keeps that order since 53, with keyCode 229 for every key that the input method has.
 * - Firefox sent no keys during a composition before 65 (bugzilla.mozilla.org 1237214) and sends input after
 *   compositionend with `isComposing` false (w3c/uievents#202); of late it sends one before as well (1910865).
 * - Safari sends the key that ends a composition after compositionend, with `isComposing` false and keyCode 229
 *   (webkit.org/b/165004; put right behind a preference by 311717, see also 314752).
 * - Korean: Enter confirms the syllable and ends the line too. The line break follows compositionend; Firefox sends all of
 *   keydown, keypress and keyup once more on Windows and keypress alone on macOS (w3c/uievents#202), Chrome on macOS
 *   breaks the line without another keydown (openai/chatkit-js#213).
 * - Keyboards of phones compose Latin words: the Enter that ends the word comes marked as composing, and the line break
 *   follows (rmyndharis/VSCodroid#434).
 */
export interface Composition {
  readonly browser: 'Chrome' | 'Firefox' | 'Firefox before 65' | 'Safari' | 'Chrome on Android'
  readonly method: 'pinyin' | 'kana' | 'hangul' | 'latin'
  readonly steps: readonly Step[]
  /** What stands in the field at the end, where nothing was sent. */
  readonly text: string
  /** The last Enter is meant for the page as well. */
  readonly sends: boolean
}

/** One thing the page is told. */
export type Step =
  | {
      readonly type: 'keydown'
      readonly key: string
      readonly keyCode: number
      readonly isComposing: boolean
    }
  | { readonly type: 'compositionstart' }
  | { readonly type: 'compositionend'; readonly data: string }
  /** The text is about to change and has changed: beforeinput, compositionupdate, input. */
  | { readonly type: 'update'; readonly text: string }
  /** An input event that changes nothing. */
  | { readonly type: 'input'; readonly isComposing: boolean }
  /** The browser is about to break the line. */
  | { readonly type: 'line' }

const IME = 229
const key = (name: string, keyCode: number, isComposing: boolean): Step => ({
  type: 'keydown',
  key: name,
  keyCode,
  isComposing,
})
const start: Step = { type: 'compositionstart' }
const update = (text: string): Step => ({ type: 'update', text })
const end = (data: string): Step => ({ type: 'compositionend', data })
const line: Step = { type: 'line' }

/** Types letters, each of which changes what is composed. */
function typed(letters: readonly (readonly [key: string, text: string])[], hasKeys = true): readonly Step[] {
  return letters.flatMap(([name, text], index) => [
    ...(hasKeys ? [key(name, IME, index > 0)] : index === 0 ? [key(name, IME, false)] : []),
    ...(index === 0 ? [start] : []),
    update(text),
  ])
}

/** Pinyin: letters, Space chooses a word, more letters, Enter takes the letters as they are. */
const NIHAO = typed([
  ['n', 'n'],
  ['i', 'ni'],
  ['h', 'ni h'],
  ['a', 'ni ha'],
  ['o', 'ni hao'],
])
/** Kana: letters, Space converts, an arrow goes to another conversion, Enter confirms. */
const KANA = [
  ['n', 'n'],
  ['i', 'に'],
  ['h', 'にh'],
  ['o', 'にほ'],
  ['n', 'にほn'],
  ['n', 'にほん'],
  [' ', '二本'],
  ['ArrowDown', '日本'],
] as const
const HANGUL = [
  ['g', 'ㅎ'],
  ['k', '하'],
  ['s', '한'],
] as const

/** The compositions that a composer has to come through. */
export const COMPOSITIONS: readonly Composition[] = [
  {
    browser: 'Chrome',
    method: 'pinyin',
    steps: [...NIHAO, key('Enter', IME, true), update('nihao'), end('nihao')],
    text: 'nihao',
    sends: false,
  },
  {
    browser: 'Firefox',
    method: 'pinyin',
    steps: [
      ...NIHAO,
      key('Process', IME, true),
      update('nihao'),
      end('nihao'),
      { type: 'input', isComposing: false },
    ],
    text: 'nihao',
    sends: false,
  },
  {
    browser: 'Safari',
    method: 'pinyin',
    steps: [...NIHAO, update('nihao'), end('nihao'), key('Enter', IME, false)],
    text: 'nihao',
    sends: false,
  },
  {
    browser: 'Chrome',
    method: 'kana',
    steps: [...typed(KANA), key('Enter', IME, true), update('日本'), end('日本')],
    text: '日本',
    sends: false,
  },
  {
    browser: 'Firefox',
    method: 'kana',
    steps: [
      ...typed(KANA),
      key('Enter', IME, true),
      { type: 'input', isComposing: true },
      end('日本'),
      { type: 'input', isComposing: false },
    ],
    text: '日本',
    sends: false,
  },
  {
    browser: 'Firefox before 65',
    method: 'kana',
    steps: [...typed(KANA, false), end('日本'), { type: 'input', isComposing: false }],
    text: '日本',
    sends: false,
  },
  {
    browser: 'Safari',
    method: 'kana',
    steps: [...typed(KANA), update('日本'), end('日本'), key('Enter', IME, false)],
    text: '日本',
    sends: false,
  },
  {
    browser: 'Chrome',
    method: 'hangul',
    steps: [...typed(HANGUL), key('Enter', IME, true), end('한'), line],
    text: '한',
    sends: true,
  },
  {
    browser: 'Firefox',
    method: 'hangul',
    steps: [
      ...typed(HANGUL),
      key('Process', IME, true),
      end('한'),
      { type: 'input', isComposing: false },
      key('Enter', 13, false),
      line,
    ],
    text: '한',
    sends: true,
  },
  {
    browser: 'Safari',
    method: 'hangul',
    steps: [...typed(HANGUL), update('한'), end('한'), key('Enter', IME, false), line],
    text: '한',
    sends: true,
  },
  {
    browser: 'Chrome on Android',
    method: 'latin',
    steps: [
      key('Unidentified', IME, false),
      start,
      update('o'),
      update('ok'),
      key('Enter', IME, true),
      end('ok'),
      line,
    ],
    text: 'ok',
    sends: true,
  },
]
