import type { Patch, Profile } from '../../../model'
import { refusals } from '../refusals'
import { NS } from '../wire/namespaces'
import { elementOf, elementsOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** What of a card the kit shows; groups have cards too. */
export type CardFields = Pick<Profile, 'name' | 'avatar' | 'signature'>

/** A picture inside a card: what is longer would make every look at a list of people heavy. */
const LONGEST_PICTURE = 200_000
const LONGEST_URL = 2_048
const LONGEST_TEXT = 5_000
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const BY_SIGNATURE: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
]

/** Reads a card (XEP-0054). */
export function readCard(card: Xml | undefined): CardFields {
  const text = (name: string) =>
    textOf(elementOf(card, name, NS.vcard))
      .trim()
      .slice(0, LONGEST_TEXT)
  const name = text('NICKNAME') || text('FN')
  // Prosody gives back a description as a note.
  const signature = text('DESC') || text('NOTE')
  const avatar = readPhoto(elementOf(card, 'PHOTO', NS.vcard))
  return {
    ...(name !== '' && { name }),
    ...(avatar !== undefined && { avatar }),
    ...(signature !== '' && { signature }),
  }
}

/** The picture as something an `img` can show, and nothing that could do more than be seen. */
function readPhoto(photo: Xml | undefined): string | undefined {
  const url = textOf(elementOf(photo, 'EXTVAL', NS.vcard)).trim()
  if (isWebUrl(url)) return url
  const data = textOf(elementOf(photo, 'BINVAL', NS.vcard)).replace(/\s+/g, '')
  if (data === '' || data.length > LONGEST_PICTURE || !BASE64.test(data)) return undefined
  const told = textOf(elementOf(photo, 'TYPE', NS.vcard))
    .trim()
    .toLowerCase()
  const found = BY_SIGNATURE.find(([start]) => data.startsWith(start))?.[1]
  const type = found ?? (PICTURE_TYPES.includes(told) ? told : undefined)
  return type && `data:${type};base64,${data}`
}

/** The card with the news in it; what the kit does not know stays as it is. */
export function writeCard(card: Xml | undefined, patch: Omit<Patch<Profile, 'id'>, 'id'>): Xml {
  const changed: Record<string, Xml | undefined> = {}
  if (patch.name !== undefined) {
    const name = checkedText(patch.name)
    changed['FN'] = name === '' ? undefined : xml('FN', {}, name)
    changed['NICKNAME'] = name === '' ? undefined : xml('NICKNAME', {}, name)
  }
  if (patch.signature !== undefined) {
    const text = checkedText(patch.signature)
    changed['NOTE'] = undefined
    changed['DESC'] = text === '' ? undefined : xml('DESC', {}, text)
  }
  if (patch.avatar !== undefined) changed['PHOTO'] = writePhoto(patch.avatar)
  const kept = elementsOf(card).filter(({ name }) => !Object.hasOwn(changed, name))
  return xml('vCard', { xmlns: NS.vcard }, kept, Object.values(changed))
}

function writePhoto(avatar: string | null): Xml | undefined {
  if (avatar === null || avatar === '') return undefined
  const [, type = '', data = ''] = /^data:([a-z/+-]+);base64,(.*)$/s.exec(avatar) ?? []
  const isPicture = PICTURE_TYPES.includes(type) && BASE64.test(data)
  if (isPicture && data.length > LONGEST_PICTURE) throw refusals.tooLarge('the picture')
  if (isPicture) return xml('PHOTO', {}, xml('TYPE', {}, type), xml('BINVAL', {}, data))
  if (!isWebUrl(avatar)) throw refusals.invalid('an avatar is an address or the data of a picture')
  return xml('PHOTO', {}, xml('EXTVAL', {}, avatar))
}

function checkedText(text: unknown): string {
  if (text === null) return ''
  if (typeof text !== 'string') throw refusals.invalid('a text is needed')
  if (text.length > LONGEST_TEXT) throw refusals.tooLarge('the text')
  return text
}

/** Whether it is an address of the web: anything else, `javascript:` among it, is no address of a picture. */
export function isWebUrl(url: string): boolean {
  return url.length <= LONGEST_URL && /^https?:\/\/[^\s/]+/i.test(url)
}
