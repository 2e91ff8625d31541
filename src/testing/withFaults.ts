import type { Transport } from '../core/ports'
import type { UserId } from '../model'
import { createCalls } from './calls'
import type { Calls } from './calls'
import { createWeather, offlineError } from './faults'
import type { FaultCounts, Faults } from './faults'
import { createLine } from './line'

/** A transport behind a bad network, and the hand on that network. */
export interface FaultyTransport extends Transport {
  /** How often each thing really went wrong so far. */
  counts(): FaultCounts
  /** Breaks the line now, without a word to the transport; it comes back after a while. Nothing where it is down already. */
  cut(): void
  /** Ends all faults: the line comes back, nobody hangs any more, and what is late still arrives. */
  calm(): void
  /**
   * The tab dies: no promise of this transport ever settles again and no event comes. Calls that travel arrive now or
   * never; resolves when the backend has dealt with those that did.
   */
  kill(): Promise<void>
}

/**
 * Puts a bad network before a transport. Whatever goes wrong is something that the contract permits, so a kit and an
 * adapter that keep it lose nothing, double nothing and turn nothing round.
 */
export function withFaults(transport: Transport, faults: Faults): FaultyTransport {
  const weather = createWeather(faults)
  let userId: UserId | undefined
  let signIns = 0
  const line = createLine(weather, () => calls.breakAll())
  const calls: Calls = createCalls(weather, line, () => userId)
  const stopHearing = transport.subscribe((events) => line.hear(events))

  return {
    id: transport.id,
    scope: transport.scope,
    domains: transport.domains,
    connect(options) {
      if (weather.isDead()) return
      userId = options.userId
      signIns++
      // Without a place to begin at, nobody can know what the last sign-in missed.
      if (options.checkpoint === undefined && line.session().state === 'offline') line.doubtNext()
      transport.connect(options)
    },
    async disconnect() {
      if (weather.isDead()) return new Promise(() => {})
      const mine = signIns
      line.forget()
      calls.breakAll()
      await transport.disconnect()
      // Whatever it still told is not told on, unless somebody signs in again already.
      if (mine === signIns) line.forget()
    },
    session: line.session,
    subscribe: line.subscribe,
    ...(transport.hint && { hint: (hint) => weather.isDead() || transport.hint?.(hint) }),
    can: (ability, scope) =>
      line.session().state === 'online' ? transport.can(ability, scope) : offlineError(),
    limits: (scope) => transport.limits(scope),
    messages: calls.messages(transport.messages),
    conversations: calls.facet('conversations', transport.conversations),
    ...(transport.profiles && { profiles: calls.facet('profiles', transport.profiles) }),
    ...(transport.groups && { groups: calls.facet('groups', transport.groups) }),
    ...(transport.contacts && { contacts: calls.facet('contacts', transport.contacts) }),
    ...(transport.presence && { presence: calls.facet('presence', transport.presence) }),
    ...(transport.files && { files: calls.facet('files', transport.files) }),
    counts: weather.counts,
    cut: line.breakDown,
    calm() {
      weather.calm()
      line.calm()
      calls.calm()
    },
    async kill() {
      weather.note('killed')
      stopHearing()
      await calls.kill()
      await transport.disconnect()
    },
  }
}
