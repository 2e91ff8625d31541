import type { TransportHarness } from 'vue-parley/testing'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService, EmbeddedServiceOptions } from '../../src/transports/embedded'

/** Alice, Bob and Carol. */
const USERS = ['alice', 'bob', 'carol'] as const

/** What a harness for the embedded service leaves to the test: where the checks go. */
export type EmbeddedHarness = Omit<TransportHarness, 'describe' | 'it'> & {
  readonly service: EmbeddedService
}

let names = 0

/** A service with three people, each of whom knows the others. */
export async function embeddedHarness(options: EmbeddedServiceOptions = {}): Promise<EmbeddedHarness> {
  const service = createEmbeddedService({ name: `contract-${(names += 1)}`, storage: 'memory', ...options })
  for (const id of USERS) await service.addUser({ id, name: id })
  await service.befriend('alice', 'bob')
  return {
    service,
    users: USERS,
    createTransport: () => ({
      transport: createEmbeddedTransport({ service }),
      credentials: () => Promise.reject(new Error('the embedded service asked for credentials')),
    }),
  }
}
