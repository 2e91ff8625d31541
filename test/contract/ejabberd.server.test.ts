import { afterAll, describe, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { keepReport } from './report'
import { knowing, xmppHarness } from './xmppHarness'

const harness = await xmppHarness('ejabberd')

afterAll(() => harness.close())

describeTransport('XMPP on ejabberd', {
  ...harness,
  describe,
  it: knowing('ejabberd', it),
  report: keepReport('ejabberd'),
})
