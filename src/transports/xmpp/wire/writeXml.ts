import type { Xml } from './xml'

const FORBIDDEN = /[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text as XML can hold it: one character that it cannot would end the whole stream, so a sign of loss stands there. */
export function soundText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '\uFFFD')
}

/** The piece as text; a namespace is written where it differs from the parent's. */
export function writeXml({ name, ns, attrs, children }: Xml, outerNs = ''): string {
  const innerNs = ns || outerNs
  const all = innerNs === outerNs ? attrs : { xmlns: innerNs, ...attrs }
  const start = Object.entries(all).reduce(
    (text, [key, value]) => `${text} ${key}="${escaped(value).replace(/[\n\t]/g, ' ')}"`,
    `<${name}`,
  )
  if (children.length === 0) return `${start}/>`
  const inside = children.map((child) =>
    typeof child === 'string' ? escaped(child) : writeXml(child, innerNs),
  )
  return `${start}>${inside.join('')}</${name}>`
}

function escaped(text: string): string {
  return soundText(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}
