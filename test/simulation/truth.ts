import type { ConversationId } from '../../src/model'

/** A message somebody wrote, as the harness itself remembers it. */
export interface Written {
  readonly text: string
  readonly byId: string
  readonly conversationId: ConversationId
  /** The tab that wrote it: what one tab writes in one conversation keeps its order. */
  readonly tab: string
  readonly rowKey: string
  /** Whether everybody must have it; one that a dying tab had not yet kept may be gone. */
  isCertain: boolean
  /** It failed or was in doubt once, so a person's second try may stand later. */
  isTroubled: boolean
}

/** What somebody sees of a conversation at the end, oldest first. */
export interface Seen {
  readonly userId: string
  readonly conversationId: ConversationId
  readonly texts: readonly string[]
}

/** What is wrong with what people see, in words; nothing where all is well. */
export function judge(written: readonly Written[], seen: readonly Seen[]): readonly string[] {
  return [...seen.flatMap((one) => judgeOne(written, one)), ...judgeAlike(seen)]
}

function judgeOne(written: readonly Written[], { userId, conversationId, texts }: Seen): readonly string[] {
  const here = written.filter((one) => one.conversationId === conversationId)
  const countOf = (text: string) => texts.filter((other) => other === text).length
  const who = `${userId} in ${conversationId}`
  const wrong: string[] = []
  for (const { text, isCertain } of here) {
    const count = countOf(text)
    if (count > 1) wrong.push(`${who}: "${text}" stands ${count} times`)
    if (count === 0 && isCertain) wrong.push(`${who}: "${text}" is missing`)
  }
  const known = new Set(here.map(({ text }) => text))
  for (const text of texts) if (!known.has(text)) wrong.push(`${who}: nobody wrote "${text}" here`)
  return [...wrong, ...judgeOrder(who, here, texts)]
}

function judgeOrder(who: string, here: readonly Written[], texts: readonly string[]): readonly string[] {
  const last = new Map<string, { at: number; text: string }>()
  const wrong: string[] = []
  for (const { text, tab, isTroubled } of here) {
    const at = texts.indexOf(text)
    if (at < 0 || isTroubled) continue
    const before = last.get(tab)
    if (before && before.at > at) wrong.push(`${who}: "${text}" stands before "${before.text}"`)
    last.set(tab, { at, text })
  }
  return wrong
}

function judgeAlike(seen: readonly Seen[]): readonly string[] {
  const first = new Map<ConversationId, Seen>()
  const wrong: string[] = []
  for (const one of seen) {
    const other = first.get(one.conversationId) ?? one
    first.set(one.conversationId, other)
    const at = other.texts.findIndex((text, index) => text !== one.texts[index])
    if (at >= 0) {
      wrong.push(
        `${one.conversationId}: at ${at} ${other.userId} sees "${other.texts[at]}", ${one.userId} "${one.texts[at]}"`,
      )
    }
  }
  return wrong
}
