/** A sign in the text after which something is offered to be written. */
export interface Trigger {
  readonly sign: '@' | ':'
  /** Where the sign stands. */
  readonly start: number
  /** What is typed after it so far. */
  readonly query: string
}

/** The longest name somebody types to the end, in UTF-16 units. */
const mostQuery = 40
/** Behind one of these letters a sign belongs to a mail address, a time or a scheme. */
const before = String.raw`(?<![\p{Script=Latin}\p{Nd}_.%+\-/:：@＠])`
/** A name may have spaces in it, but does not begin with one. */
const mention = new RegExp(String.raw`${before}[@＠]((?:[^\s@＠][^\n@＠]*)?)$`, 'u')
/** One letter after a colon is a face drawn with signs; one Chinese character is a word. */
const emoji = new RegExp(
  String.raw`${before}[:：]([\p{Script=Latin}\p{Nd}_+\-]{2,}|[\p{Script=Latin}\p{Nd}_+\-]*\p{Script=Han}+)$`,
  'u',
)

/** What the cursor stands behind; undefined where nothing is to be offered. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  // Nothing further back can matter, so a long text costs no more than a short one.
  const from = Math.max(0, caret - mostQuery - 2)
  const near = text.slice(from, caret)
  for (const [sign, pattern] of [
    [':', emoji],
    ['@', mention],
  ] as const) {
    const found = pattern.exec(near)
    const query = found?.[1]
    if (found && query !== undefined && query.length <= mostQuery)
      return { sign, start: from + found.index, query }
  }
  return undefined
}
