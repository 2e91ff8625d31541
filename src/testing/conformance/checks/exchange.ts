import type { ConversationId, Message } from '../../../model'
import { fresh } from '../person'
import type { Person } from '../person'
import type { Cast } from '../topic'

/** One message as both ends have it. */
export interface Exchange {
  readonly one: Person
  readonly two: Person
  readonly oneId: ConversationId
  readonly twoId: ConversationId
  readonly text: string
  /** As the one who wrote it has it. */
  readonly sent: Message
  /** As the other one was told of it. */
  readonly got: Message
}

/** The first writes to the second. */
export async function exchange({ direct }: Pick<Cast, 'direct'>, word = 'line'): Promise<Exchange> {
  const { one, two, oneId, twoId } = await direct()
  const text = fresh(word)
  const sent = await one.say(oneId, text)
  return { one, two, oneId, twoId, text, sent, got: await two.gets(text) }
}
