import { afterAll, describe, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { keepReport } from './report'
import { knowing, xmppHarness } from './xmppHarness'

const harness = await xmppHarness('prosody')

afterAll(() => harness.close())

describeTransport('XMPP on Prosody', {
  ...harness,
  describe,
  it: knowing('prosody', it),
  report: keepReport('prosody'),
})
