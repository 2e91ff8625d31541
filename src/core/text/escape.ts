/** The characters that markup knows: what a wire that carries escaped text escapes, unless it says otherwise. */
export const MARKUP_CHARACTERS = '&<>"\''

const entityByCharacter: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const characterByName: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}
/** Every spelling in use of the five: by name, by decimal and by hexadecimal number. */
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#0{0,5}(34|38|39|60|62)|#[xX]0{0,5}(22|26|27|3[cCeE]));/g

/**
 * Text as a wire of escaped text carries it: each of `characters` becomes its entity, in one pass, so that
 * `unescapeText` gives back the very string (B1). That holds where `&` is among the characters.
 */
export function escapeText(text: string, characters: string = MARKUP_CHARACTERS): string {
  return text.replace(/[&<>"']/g, (character) =>
    characters.includes(character) ? (entityByCharacter[character] ?? character) : character,
  )
}

/** The raw text of an escaped one, in one pass: nothing is ever unescaped twice, so `&amp;lt;` becomes `&lt;` (B1). */
export function unescapeText(text: string, characters: string = MARKUP_CHARACTERS): string {
  return text.replace(ENTITY, (entity, name?: string, decimal?: string, hexadecimal?: string) => {
    const character =
      name === undefined
        ? String.fromCharCode(
            decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal),
          )
        : characterByName[name]
    return character !== undefined && characters.includes(character) ? character : entity
  })
}
