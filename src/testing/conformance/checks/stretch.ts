import type { ConversationId, Message } from '../../../model'
import { ensureSame } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import type { Cast } from '../topic'

/** How many lines a stretch has. */
export const LENGTH = 25

/** A stretch of talk with nothing in between. */
export interface Stretch {
  readonly one: Person
  readonly two: Person
  readonly oneId: ConversationId
  readonly twoId: ConversationId
  /** As the first had it from `send` or by event, oldest first. */
  readonly messages: readonly Message[]
  readonly texts: readonly string[]
}

/** Two people talk, one line after another. */
export async function talk({ direct }: Cast): Promise<Stretch> {
  const { one, two, oneId, twoId } = await direct()
  const messages: Message[] = []
  for (let i = 0; i < LENGTH; i++) {
    const text = fresh(`line ${i}`)
    if (i % 3 === 2) {
      await two.say(twoId, text)
      messages.push(await one.gets(text))
    } else {
      messages.push(await one.say(oneId, text))
      await two.gets(text)
    }
  }
  return { one, two, oneId, twoId, messages, texts: messages.map((message) => textOf(message) ?? '') }
}

/** The stretch of a cast, made when it is first asked for. */
export type StretchOf = (cast: Cast) => Promise<Stretch>

/** What of the stretch a page holds, each once and in the order of the page. */
export function linesIn(messages: readonly Message[], { texts }: Stretch): readonly string[] {
  return [
    ...new Set(messages.flatMap((message) => textOf(message) ?? []).filter((text) => texts.includes(text))),
  ]
}

/** Fails where the lines are not in a row: something was skipped, or the order is another. */
export function ensureInARow(lines: readonly string[], { texts }: Stretch, words: string): void {
  const start = texts.indexOf(lines[0] ?? '')
  if (lines.length > 0)
    ensureSame(lines, texts.slice(start, start + lines.length), `${words}: the lines are not in a row`)
}
