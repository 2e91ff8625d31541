import { foldText } from '../core/text'
import type { UserId } from '../model'

/** Somebody by the name that is shown of him. */
export interface NamedPerson {
  readonly id: UserId
  readonly name: string
}
/** The people under one letter of the index. */
export interface ContactSection {
  /** A to Z, or `#` for names that begin otherwise. */
  readonly letter: string
  readonly ids: readonly UserId[]
}
/** How a name is read, in Latin letters. */
export type NameReader = (name: string) => string

const HAN = /\p{Script=Han}/u
const OTHER = '#'

/** Whether a name has to be read by somebody who knows Chinese. */
export function hasHan(name: string): boolean {
  return HAN.test(name)
}

/** A name as it is compared: without case, accents and signs before the first letter. */
export function foldName(name: string): string {
  const folded = foldText(name)
  return folded.replace(/^[^\p{L}\p{N}]+/u, '') || folded
}

/** People in the order of an address book (H5): by letter, `#` last, then as their names are read, then by id. */
export function contactSections(people: readonly NamedPerson[], read: NameReader): readonly ContactSection[] {
  const keyed = people.map(({ id, name }) => {
    const reading = read(name)
    return { id, name, reading, letter: letterOf(reading) }
  })
  keyed.sort(
    (a, b) =>
      compare(rankOf(a.letter), rankOf(b.letter)) ||
      compare(a.reading, b.reading) ||
      compare(a.name, b.name) ||
      compare(a.id, b.id),
  )
  const sections: { letter: string; ids: UserId[] }[] = []
  for (const { id, letter } of keyed) {
    const last = sections.at(-1)
    if (last?.letter === letter) last.ids.push(id)
    else sections.push({ letter, ids: [id] })
  }
  return sections
}

/** True where what somebody types may mean this person: part of the name, of how it is read, of its initials, or of the id. */
export function isMeant(query: string, person: NamedPerson, read: NameReader): boolean {
  const wanted = foldName(query.trim())
  if (wanted === '') return true
  const reading = read(person.name)
  const initials = reading
    .split(' ')
    .map((syllable) => syllable[0] ?? '')
    .join('')
  return [
    foldName(person.name),
    reading,
    reading.replaceAll(' ', ''),
    initials,
    person.id.toLowerCase(),
  ].some((text) => text.includes(wanted))
}

function letterOf(reading: string): string {
  const first = reading[0]?.toUpperCase() ?? ''
  return first >= 'A' && first <= 'Z' ? first : OTHER
}

function rankOf(letter: string): string {
  return letter === OTHER ? '~' : letter
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
