import { ChatError } from 'vue-parley/core'
import type { OutgoingMessage, Task, Message, Transport } from 'vue-parley/core'

/** What stands between a person and the service: messages pass, wait, or are refused, as the story wants. */
export interface GatedLine {
  wrap(transport: Transport): Transport
  /** What is sent from now on waits. */
  hold(): void
  /** What waits goes on, and so does what comes. */
  letGo(): void
  /** What is sent from now on is turned away. */
  refuse(): void
}

const refusal = { code: 'no', kind: 'forbidden' } as const
const calledBack = { code: 'cancelled', kind: 'cancelled' } as const

/** Makes a line on which everything passes. */
export function createGatedLine(): GatedLine {
  let state: 'open' | 'held' | 'refusing' = 'open'
  let gate = Promise.resolve()
  let open = (): void => {}

  function sendOver(transport: Transport, message: OutgoingMessage): Task<Message> {
    if (state === 'open') return transport.messages.send(message)
    if (state === 'refusing') return { result: Promise.reject(new ChatError(refusal)), cancel() {} }
    let isCalledBack = false
    let giveUp = (): void => {}
    const callingBack = new Promise<void>((resolve) => (giveUp = resolve))
    const result = Promise.race([gate, callingBack]).then(() => {
      if (isCalledBack) throw new ChatError(calledBack)
      return transport.messages.send(message).result
    })
    return {
      result,
      cancel() {
        isCalledBack = true
        giveUp()
      },
    }
  }

  return {
    wrap: (transport) => ({
      ...transport,
      messages: { ...transport.messages, send: (message) => sendOver(transport, message) },
    }),
    hold() {
      state = 'held'
      gate = new Promise((resolve) => (open = resolve))
    },
    letGo() {
      state = 'open'
      open()
    },
    refuse: () => (state = 'refusing'),
  }
}
