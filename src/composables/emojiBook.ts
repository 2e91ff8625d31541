import { foldText } from '../core/text'

/** One emoji, and by what it is found. */
export interface Emoji {
  /** The characters that are written. */
  readonly unicode: string
  readonly label: string
  readonly group: EmojiGroup
  readonly tags: readonly string[]
  /** Short names between colons. */
  readonly codes: readonly string[]
  /** The same with each tone of skin, from light to dark; absent: it has none. */
  readonly skins?: readonly string[]
}

/** The groups, in the order in which they stand. */
export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const
/** One of the groups of emoji. */
export type EmojiGroup = (typeof EMOJI_GROUPS)[number]

/** An emoji as the data set has it. */
export interface EmojiRecord {
  readonly hexcode: string
  readonly unicode: string
  readonly label: string
  readonly group?: number
  readonly order?: number
  readonly tags?: readonly string[]
  readonly skins?: readonly { readonly hexcode: string; readonly unicode: string }[]
}
/** Short names by the code points of an emoji. */
export type ShortNames = Readonly<Record<string, string | readonly string[]>>

/** The numbers the data set has for the groups; 2 are pieces of emoji, which nobody writes. */
const GROUP_BY_NUMBER: readonly (EmojiGroup | undefined)[] = [
  'smileys',
  'people',
  undefined,
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
]
/** What is drawn as a picture anyway needs no sign that says so, and most others write none: reactions must be equal. */
const NEEDLESS_SELECTOR = /^(\p{Emoji_Presentation})\uFE0F$/u
const TONES = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']

/** The emoji of a data set, in the order in which they stand. */
export function emojiOf(records: readonly EmojiRecord[], names: ShortNames): readonly Emoji[] {
  return [...records]
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap((record): readonly Emoji[] => {
      const group = GROUP_BY_NUMBER[record.group ?? -1]
      if (!group) return []
      const { label, tags = [], hexcode } = record
      const unicode = record.unicode.replace(NEEDLESS_SELECTOR, '$1')
      const skins = skinsOf(record)
      return [{ unicode, label, group, tags, codes: [names[hexcode] ?? []].flat(), ...(skins && { skins }) }]
    })
}

/** Where two people are drawn, both have the same tone here. */
function skinsOf({ skins = [] }: EmojiRecord): readonly string[] | undefined {
  const found = TONES.map((tone) =>
    skins.find(({ hexcode }) => {
      const tones = hexcode.split('-').filter((code) => TONES.includes(code))
      return tones.length > 0 && tones.every((one) => one === tone)
    }),
  )
  return found.every((skin) => skin !== undefined) ? found.map(({ unicode }) => unicode) : undefined
}

/** An emoji in a tone of skin, 0 for none, 1 to 5 from light to dark. */
export function inTone({ unicode, skins }: Emoji, tone: number): string {
  return skins?.[tone - 1] ?? unicode
}

/** The emoji that are meant by what is typed, best first: a short name, then how it begins, then the label, then a tag. */
export function findEmojiBy(query: string, all: readonly Emoji[], most: number): readonly Emoji[] {
  const wanted = foldText(query.trim()).replaceAll(/[\s_-]+/g, ' ')
  if (wanted === '') return []
  const ranked = all.flatMap((emoji) => {
    const rank = rankOf(wanted, emoji)
    return rank === undefined ? [] : { emoji, rank }
  })
  // The sort is stable: of equals the more usual ones stand first.
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ emoji }) => emoji)
}

function rankOf(wanted: string, { unicode, codes, label, tags }: Emoji): number | undefined {
  if (wanted === unicode) return 0
  const names = codes.map((code) => code.replaceAll('_', ' '))
  if (names.includes(wanted)) return 0
  const folded = foldText(label)
  if (folded === wanted) return 1
  if (names.some((name) => name.startsWith(wanted))) return 2
  if (folded.startsWith(wanted)) return 3
  if (tags.some((tag) => foldText(tag) === wanted)) return 4
  if (beginsAWord(folded, wanted)) return 5
  if (tags.some((tag) => beginsAWord(foldText(tag), wanted))) return 6
  if (names.some((name) => beginsAWord(name, wanted))) return 7
  return undefined
}

/** Chinese has no spaces: there a word may begin anywhere. */
function beginsAWord(text: string, wanted: string): boolean {
  const at = text.indexOf(wanted)
  if (at < 0) return false
  return at === 0 || /\p{Script=Han}/u.test(wanted) || ` ${text}`.includes(` ${wanted}`)
}
