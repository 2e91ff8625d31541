import type { ConversationId, Message, Stop, UserId } from '../../model'

/** What goes between transports without being stored. */
export type Signal =
  /** The log has grown: read on. */
  | { readonly kind: 'log' }
  | {
      readonly kind: 'typing'
      readonly conversationId: ConversationId
      readonly userId: UserId
      readonly isTyping: boolean
    }
  /** Said in a live room: whoever is in it hears it, as far as there is room. */
  | { readonly kind: 'live'; readonly messages: readonly Message[] }
  /** Who is signed in at one engine, told whenever that changes and now and then. */
  | { readonly kind: 'present'; readonly engineId: string; readonly userIds: readonly UserId[] }
  /** Somebody new asks who is there. */
  | { readonly kind: 'who' }
  /** A message that is never stored (C9). */
  | { readonly kind: 'message'; readonly message: Message }
/** Carries signals to every transport of the service, in this tab and the others. */
export interface Channel {
  post(signal: Signal): void
  listen(listener: (signal: Signal) => void): Stop
  close(): void
}

/** `isShared` says whether the other tabs see the same storage; if not, signals stay in this one. */
export function createChannel(name: string, isShared: () => boolean): Channel {
  const listeners = new Set<(signal: Signal) => void>()
  const wire = openWire(name)
  const tellHere = (signal: Signal) => listeners.forEach((listener) => listener(signal))
  if (wire) {
    wire.onmessage = (event: MessageEvent<unknown>) => {
      // A tab that runs another version of the kit may speak another dialect.
      if (isShared() && isSignal(event.data)) tellHere(event.data)
    }
  }
  return {
    post(signal) {
      tellHere(signal)
      if (isShared()) wire?.postMessage(signal)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      listeners.clear()
      wire?.close()
    },
  }
}

function openWire(name: string): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  const wire: BroadcastChannel & { unref?(): void } = new BroadcastChannel(`parley:${name}`)
  // Node only: an open channel must not keep the process alive.
  wire.unref?.()
  return wire
}

function isSignal(data: unknown): data is Signal {
  if (typeof data !== 'object' || data === null) return false
  const signal = data as Record<string, unknown>
  if (signal['kind'] === 'log') return true
  if (signal['kind'] === 'typing') {
    return [signal['conversationId'], signal['userId']].every((id) => typeof id === 'string')
  }
  if (signal['kind'] === 'who') return true
  if (signal['kind'] === 'present') return Array.isArray(signal['userIds'])
  if (signal['kind'] === 'live') {
    return Array.isArray(signal['messages']) && signal['messages'].every(isMessage)
  }
  return signal['kind'] === 'message' && isMessage(signal['message'])
}

function isMessage(value: unknown): value is Message {
  return typeof (value as Partial<Message> | undefined)?.conversationId === 'string'
}
