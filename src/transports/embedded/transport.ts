import { frozen } from '../../core/data'
import type { Facets, Transport } from '../../core/ports'
import type { Listener, TransportEvent } from '../../model'
import { toChatError } from '../../model'
import { verdictOf } from './abilities'
import type { Caller } from './caller'
import { createContactsFacet } from './contacts'
import { createConversationsFacet } from './conversations'
import type { Engine } from './engine'
import { failingAsPlanned } from './failures'
import { createFiles } from './files'
import { createFileStore } from './fileStore'
import { createGroupsFacet } from './groups'
import { createKnowledge } from './knowledge'
import { LIMITS } from './limits'
import { createMessagesFacet } from './messages'
import { createPresence } from './presence'
import { createProfilesFacet } from './profiles'
import { refusals } from './refusals'
import type { DeviceKind } from './rules'
import { createSession } from './session'

/** A transport to the engine of a service. */
export function createTransport(engine: Engine, device: DeviceKind = 'web', deviceId?: string): Transport {
  const listeners = new Set<Listener>()
  const emit = (events: readonly TransportEvent[]) => {
    // In memory this is what the service itself holds.
    frozen(events)
    for (const listener of listeners) {
      // One listener that throws must not keep the others from hearing, nor stop the log.
      try {
        listener(events)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
  const knowledge = createKnowledge()
  const session = createSession({ engine, knowledge, emit, device, deviceId })
  const caller: Caller = { engine, knowledge, signIn: session.signIn }
  const store = createFileStore(engine)
  const files = createFiles(caller, store)
  const presence = createPresence({ engine, userId: session.userId, emit })
  const facets: Facets = {
    messages: createMessagesFacet(caller, store, session.userId),
    conversations: createConversationsFacet(caller),
    profiles: createProfilesFacet(caller),
    contacts: createContactsFacet(caller),
    groups: createGroupsFacet(caller),
    presence: presence.facet,
    files: files.facet,
  }
  const calls = failingAsPlanned(facets, engine.failures, session.userId)
  const { recallWindowMs, rates } = engine.rules
  const { sendPerSecond } = rates
  const limits = {
    ...LIMITS,
    ...(sendPerSecond !== undefined && { sendPerSecond }),
    ...(recallWindowMs !== undefined && { recallWindowMs }),
  }
  listeners.add((events) => {
    // Whoever has lost events does not know who has come and gone meanwhile.
    if (events.some((event) => event.type === 'session.changed' && event.session.state === 'online')) {
      presence.tellAgain()
    }
  })
  const isOnline = () => session.state().state === 'online'

  return {
    ...calls,
    id: 'embedded',
    scope: engine.name,
    domains: [],
    connect: session.connect,
    async disconnect() {
      session.disconnect({ state: 'offline' })
      files.revokeAll()
      await session.left()
    },
    session: session.state,
    subscribe(listener) {
      // A wrapper of its own, so that the same function given twice is two subscriptions.
      const own: Listener = (events) => listener(events)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    hint(hint) {
      if (hint === 'foreground' && isOnline()) session.readOn()
    },
    can: (ability, scope) => {
      if (!isOnline()) return refusals.notSignedIn()
      try {
        const viewer = { userId: session.userId(), at: engine.clock.now(), recallWindowMs }
        return verdictOf(facets, knowledge, ability, scope, viewer)
      } catch (error) {
        return toChatError(error)
      }
    },
    limits: () => limits,
  }
}
