import { LinkifyIt } from 'linkify-it'
import { linkHostOf } from './linkHost'

/** What a link leads to in an app of its own, or in the browser. */
export type LinkScheme = 'http' | 'https' | 'mailto' | 'tel'

/** The schemes that become links unless an app wants fewer. No other scheme ever does. */
const LINK_SCHEMES: readonly LinkScheme[] = ['http', 'https', 'mailto', 'tel']

/** A link in a text. */
export interface FoundLink {
  readonly start: number
  readonly raw: string
  /** What the browser may open. */
  readonly url: string
  /** The host it leads to, as it may be shown; absent for mail and telephone. */
  readonly host?: string
  /** The text could be taken for another host than it leads to: show `host` beside it. */
  readonly isDeceptive: boolean
}

/** No address is longer; what is longer is text. It bounds the work for what has no end. */
const longestLink = 4_096

/** Space, brackets and punctuation of Chinese and Japanese, and characters that turn the line: no address holds them. */
const BREAK = String.raw`\s<>\u2000-\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\u061c\ufeff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—`
const START = String.raw`(?:https?:\/\/|mailto:|tel:\+?\d|www\.)`
const IDEOGRAPH = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
/**
 * What may be an address: from a beginning that says so up to the next break, else a run of letters other than those
 * of Chinese and its neighbours, which are written without spaces.
 */
const CHUNK = new RegExp(
  `${START}[^${BREAK}]{1,${longestLink}}|(?:(?!${START})[^${BREAK}${IDEOGRAPH}]){1,${longestLink}}`,
  'giu',
)
/** A root in letters of a to z ends where the words around it go on in others. */
const ROOT_THEN_WORDS = new RegExp(String.raw`^([a-z]+:\/\/[a-z0-9.-]+\.[a-z]{2,24})[${IDEOGRAPH}]`, 'iu')
const ALLOWED = /^(?:(https?):\/\/|(mailto|tel):)/i
const TEL = /^\+?\d[\d().-]{2,30}/
/** Roots that are endings of files as well: without a beginning or a path they are names of files. */
const FILE_NAME = /^(?!www\.)[^/]+\.(?:md|py|rs|sh|pl|cc|ps|mm)$/i

let linkifier: LinkifyIt | undefined

/** Made at the first need, for it takes its time and many apps never show a text. */
function theLinkifier(): LinkifyIt {
  linkifier ??= new LinkifyIt({ fuzzyLink: true, maxLength: 2 * longestLink })
    .add('ftp:', null)
    .add('//', null)
    .add('tel:', { validate: (text, at) => TEL.exec(text.slice(at, at + 40))?.[0].length ?? 0 })
    .tlds(
      ['app', 'dev', 'xyz', 'top', 'online', 'site', 'store', 'tech', 'cloud', 'wiki', 'blog', 'link'],
      true,
    )
  return linkifier
}

/** The links in a text, in order. The text is read in pieces of bounded length, so the work grows with the text alone. */
export function* findLinks(text: string, schemes: readonly LinkScheme[] = LINK_SCHEMES): Iterable<FoundLink> {
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    // Most texts have no other sign of an address than the point or the colon at the end of a word.
    if (!/[.:@]./.test(chunk)) continue
    for (const match of theLinkifier().match(chunk) ?? []) {
      // Where a piece ends because it is long, its last address may be only the beginning of one.
      if (chunk.length >= longestLink && match.lastIndex === chunk.length) continue
      const link = linkOf(match, index, schemes)
      if (link) yield link
    }
  }
}

function linkOf(
  match: { readonly schema: string; readonly index: number; readonly raw: string; readonly url: string },
  chunkStart: number,
  schemes: readonly LinkScheme[],
): FoundLink | undefined {
  const cut = ROOT_THEN_WORDS.exec(match.raw)?.[1]
  const raw = cut ?? match.raw
  if (match.schema === '' && FILE_NAME.test(raw)) return undefined
  // What names no scheme is asked for over a safe line; whoever has none is found by the browser.
  const url = match.schema === '' ? `https://${raw}` : (cut ?? match.url)
  const scheme = ALLOWED.exec(url)?.slice(1).find(Boolean)?.toLowerCase()
  if (!schemes.some((one) => one === scheme)) return undefined
  const start = chunkStart + match.index
  const written = /^https?:\/\/(\[[^\]]*\]|[^/?#:]+)/iu.exec(url)?.[1]
  if (written === undefined) return { start, raw, url, isDeceptive: false }
  const { shown, isDeceptive } = linkHostOf(written)
  return { start, raw, url, host: shown, isDeceptive }
}
