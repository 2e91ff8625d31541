import { afterAll, describe, it } from 'vitest'
import type { Clock } from 'vue-parley/core'
import { describeTransport, withFaults } from 'vue-parley/testing'
import type { FaultyTransport } from 'vue-parley/testing'
import { embeddedHarness } from './embeddedHarness'

/** A bad network is slow by seconds; here they are hundredths of seconds. */
const hasty: Clock = {
  now: () => Date.now() * 100,
  after(ms, work) {
    const timer = setTimeout(work, ms / 100)
    return () => clearTimeout(timer)
  },
}

const harness = await embeddedHarness()
const faulty = new WeakMap<object, FaultyTransport>()
let seed = 0

afterAll(() => harness.service.close())

/** Late, twice, in another order, page by page as bad as the contract allows, with a line that can break. */
describeTransport('embedded behind a bad network', {
  ...harness,
  describe,
  it,
  createTransport: (userId) => {
    const { transport, credentials } = harness.createTransport(userId)
    const wrapped = withFaults(transport, {
      seed: (seed += 1),
      clock: hasty,
      latency: { min: 0, max: 300 },
      duplicate: 0.2,
      reorder: 0.2,
      pages: 0.3,
      clockSkew: 90_000,
    })
    faulty.set(wrapped, wrapped)
    return { transport: wrapped, credentials }
  },
  cutConnection: (transport) => faulty.get(transport)?.cut(),
})
