const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
// XML has no way at all to carry these two, not even escaped.
const NONCHARACTER = /[\ufffe\uffff]/g
// Tab (09) and LF (0a) stay; CR is turned into LF before.
// eslint-disable-next-line no-control-regex -- removing control characters is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/**
 * Text as every wire can carry it and give it back byte for byte: LF line ends, lone surrogates and what XML
 * forbids replaced by U+FFFD, no control characters but tab and LF (B2). Anything else stays as it is.
 */
export function normaliseText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(NONCHARACTER, '\ufffd')
    .replace(CONTROL, '')
}
