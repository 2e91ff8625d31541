/**
 * Characters that look like others, by the one they look like. A small choice for names and hosts: whole alphabets that
 * imitate Latin, the characters that imitate digits, and Chinese ones that differ by one stroke.
 */
const groups: Readonly<Record<string, string>> = {
  a: 'аɑαᴀＡ',
  b: 'ЬьƄᏏ',
  c: 'сϲᴄⅽС',
  d: 'ԁⅾᏧ',
  e: 'еҽ℮ΕЕ',
  f: 'ſẝք',
  g: 'ɡցԌ',
  h: 'һհᏂНΗ',
  j: 'јϳЈ',
  k: 'кκᴋКΚ',
  l: 'iI1|ıιіӏІΙ∣ǀլ׀ا١۱ⵏꓲⅼ',
  m: 'МΜⅿ',
  n: 'ոηп',
  o: '0оοօסه٥०০੦௦౦೦൦๐໐၀ⲟОΟⵔ〇',
  p: 'рρРΡᴘ',
  q: 'ԛզ',
  r: 'гᴦⲅ',
  s: 'ѕꜱЅႽ',
  t: 'тτТΤ',
  u: 'υսᴜ',
  v: 'νѵᴠⅴ',
  w: 'ԝѡաᴡ',
  x: 'хχⅹХΧ',
  y: 'уγүყУΥ',
  z: 'ᴢΖ',
  B: 'ВΒ',
  '-': '‐‑‒–—−ー一',
  "'": '’‘ʼ`´ˈ',
  '.': '․·・',
  己: '已巳',
  日: '曰',
  土: '士',
  未: '末',
  人: '入',
  口: '囗ロ',
  二: 'ニ',
  力: 'カ',
  夕: 'タ',
  工: 'エ',
  卜: 'ト',
  八: 'ハ',
  戊: '戌戍',
}

/** What a character looks like. */
export const lookByCharacter: ReadonlyMap<string, string> = new Map(
  Object.entries(groups).flatMap(([look, characters]) =>
    [...characters].map((character) => [character, look] as const),
  ),
)
