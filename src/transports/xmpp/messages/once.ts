import type { Clock } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { ChatErrorShape, EpochMs, Message, MessageRef, OutgoingMessage } from '../../../model'
import type { Me } from '../wire/wire'
import { keyOfSender } from './keys'

/** What keeps a message from being made twice. */
export interface Once {
  /** Sends what was not sent before; whoever asks again is given what became of the first. */
  send(me: Me, message: OutgoingMessage, work: () => Promise<Message>): Promise<Message>
  forget(): void
}
/** What it works with. */
export interface OnceSetup {
  readonly clock: Clock
  find(me: Me, ref: MessageRef): Promise<Message | 'absent' | 'unknown'>
  /** Whether an archive can tell what was sent. */
  isKept(): boolean
}
interface Sent {
  readonly at: EpochMs
  readonly answer: Promise<Message>
  /** How it failed: 'unknown' where it may have arrived all the same. */
  failed?: ChatErrorShape['effect']
}

const MOST_REMEMBERED = 1_000

/** Nothing was sent yet. */
export function createOnce({ clock, find, isKept }: OnceSetup): Once {
  const sentByName = new Map<string, Sent>()

  function remember(name: string, at: EpochMs, answer: Promise<Message>): Promise<Message> {
    const sent: Sent = { at, answer }
    answer.catch((error: unknown) => (sent.failed = toChatError(error).effect))
    sentByName.delete(name)
    sentByName.set(name, sent)
    const [oldest] = sentByName.keys()
    if (sentByName.size > MOST_REMEMBERED && oldest !== undefined) sentByName.delete(oldest)
    return answer
  }

  return {
    send(me, message, work) {
      const { conversationId, clientId } = message
      const name = `${conversationId}\n${clientId}`
      const before = sentByName.get(name)
      if (!before) return remember(name, clock.now(), work())
      if (!before.failed) return before.answer
      const isDoubtful = before.failed === 'unknown' && isKept()
      const again = async (): Promise<Message> => {
        const ref = { conversationId, keys: [keyOfSender(me.userId, clientId)], sentAt: before.at }
        const found = isDoubtful ? await find(me, ref) : 'absent'
        return typeof found === 'string' ? work() : found
      }
      return remember(name, before.at, again())
    },
    forget: () => sentByName.clear(),
  }
}
