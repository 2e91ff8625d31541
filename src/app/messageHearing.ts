import type { Logger } from '../core/ports'
import type { Message, Stop, UserId } from '../model'

/** What an app does when a message arrives. */
type MessageListener = (message: Message) => unknown

/** Tells an app of messages that have just come in. */
export interface MessageHearing {
  /** Begins to listen; the answer ends it. */
  on(listener: MessageListener): Stop
  /** Messages have just come in. */
  hear(messages: readonly Message[]): void
  /** Nobody hears anything any more. */
  stop: Stop
}

/** A backend may tell of a message again, but hardly after so many others. */
const REMEMBERED = 1_000

/** Of each message of somebody else every listener hears once; what one does wrong is told to developers only. */
export function createMessageHearing(ownId: UserId, logger: Logger): MessageHearing {
  const listeners = new Set<{ readonly call: MessageListener }>()
  const heardKeys = new Set<string>()

  function isNew({ conversationId, keys }: Message): boolean {
    const names = keys.map((key) => JSON.stringify([conversationId, key]))
    const isKnown = names.some((name) => heardKeys.has(name))
    for (const name of names) heardKeys.add(name)
    for (const oldest of heardKeys) {
      if (heardKeys.size <= REMEMBERED) break
      heardKeys.delete(oldest)
    }
    return !isKnown
  }

  async function tell(call: MessageListener, message: Message): Promise<void> {
    try {
      await call(message)
    } catch (thrown) {
      logger.warn('A listener of messages failed.', thrown)
    }
  }

  return {
    on(call) {
      // The same function may listen twice.
      const listener = { call }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hear(messages) {
      for (const message of messages) {
        if (message.senderId === ownId || !isNew(message)) continue
        for (const { call } of [...listeners]) void tell(call, message)
      }
    },
    stop: () => listeners.clear(),
  }
}
