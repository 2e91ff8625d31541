import { afterAll, describe, expect, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { embeddedHarness } from './embeddedHarness'
import { richBackend } from './richBackend'

const harness = await embeddedHarness()
const enrich = richBackend()

afterAll(() => harness.service.close())

/** A backend that has nearly everything of the contract: what it shows is that each check can be passed. */
describeTransport('a rich backend', {
  ...harness,
  describe,
  it,
  createTransport: (userId) => {
    const { transport, credentials } = harness.createTransport(userId)
    return { transport: enrich(transport, userId), credentials }
  },
  report: ({ offers, notRun }) => {
    const without = offers.filter(({ checkCount }) => checkCount === 0).map(({ ability }) => ability)
    expect(without).toEqual(['messages.openMerged'])
    expect(notRun.filter(({ because }) => !/openMerged|cut/.test(because))).toEqual([])
  },
})
