const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const FIRST_BIAS = 72
const FIRST_CODE = 128

/** One label of a host name as the network writes it (RFC 3492): `xn--…` where it is not ASCII. */
export function toAsciiLabel(label: string): string {
  const codes = [...label.normalize('NFKC').toLowerCase()].map((character) => character.codePointAt(0) ?? 0)
  const basic = codes.filter((code) => code < FIRST_CODE)
  const ascii = String.fromCodePoint(...basic)
  if (basic.length === codes.length) return ascii
  return `xn--${ascii}${basic.length > 0 ? '-' : ''}${encoded(codes, basic.length)}`
}

/** The letters that say which characters go where among the ASCII ones. */
function encoded(codes: readonly number[], basicCount: number): string {
  let letters = ''
  let code = FIRST_CODE
  let delta = 0
  let bias = FIRST_BIAS
  let handled = basicCount
  while (handled < codes.length) {
    const next = Math.min(...codes.filter((one) => one >= code))
    delta += (next - code) * (handled + 1)
    code = next
    for (const one of codes) {
      if (one < code) delta++
      if (one !== code) continue
      letters += variableLength(delta, bias)
      bias = adapted(delta, handled + 1, handled === basicCount)
      delta = 0
      handled++
    }
    delta++
    code++
  }
  return letters
}

function variableLength(delta: number, bias: number): string {
  let letters = ''
  let rest = delta
  for (let k = BASE; ; k += BASE) {
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX)
    if (rest < threshold) return letters + digit(rest)
    letters += digit(threshold + ((rest - threshold) % (BASE - threshold)))
    rest = Math.floor((rest - threshold) / (BASE - threshold))
  }
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22)
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2))
  rest += Math.floor(rest / count)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}
