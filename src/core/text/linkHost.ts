import { lookByCharacter } from './confusables'
import { hasMixedScripts } from './lookAlike'
import { toAsciiLabel } from './punycode'

const NOT_ASCII = /[^\0-\x7f]/

/** The host that a link really leads to, and whether it could be taken for another. */
export interface LinkHost {
  /** As it may be shown: the letters people know, or the network's own spelling (`xn--…`) where letters could deceive. */
  readonly shown: string
  readonly isDeceptive: boolean
}

/** What to show of a host. A deceptive one is shown in the spelling that cannot deceive. */
export function linkHostOf(host: string): LinkHost {
  const labels = host.split('.')
  const isAsciiRoot = !NOT_ASCII.test(labels.at(-1) ?? '')
  const isDeceptive = labels.some(
    (label) => isMixed(label) || (isAsciiRoot && NOT_ASCII.test(label) && !NOT_ASCII.test(looksOf(label))),
  )
  return { shown: isDeceptive ? labels.map(toAsciiLabel).join('.') : host.toLowerCase(), isDeceptive }
}

/** Letters of two alphabets, or characters that nobody sees. */
function isMixed(label: string): boolean {
  return hasMixedScripts(label) || /[\p{Cf}\p{Cc}]/u.test(label)
}

/** A label of one alphabet may spell out a word of another. */
function looksOf(label: string): string {
  return Array.from(label.normalize('NFKC').toLowerCase(), (character) =>
    NOT_ASCII.test(character) ? (lookByCharacter.get(character) ?? character) : character,
  ).join('')
}
