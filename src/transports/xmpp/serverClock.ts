import { NS } from './wire/namespaces'
import type { Area, Wire } from './wire/wire'
import { elementOf, textOf, xml } from './wire/xml'

/** Tells how far the device's clock is off, where the server tells its time (XEP-0202). */
export function createServerClock(wire: Wire): Area {
  return {
    async onSignIn({ me }) {
      if (!wire.disco.server().features.has(NS.time)) return
      const askedAt = wire.clock.now()
      const answer = await wire.request({
        type: 'get',
        to: me.domain,
        payload: xml('time', { xmlns: NS.time }),
      })
      const answeredAt = wire.clock.now()
      const serverAt = Date.parse(textOf(elementOf(elementOf(answer, 'time', NS.time), 'utc', NS.time)))
      if (Number.isNaN(serverAt)) return
      const half = (answeredAt - askedAt) / 2
      // Servers tell whole seconds, so half a second more is in doubt.
      const offsetMs = Math.round(serverAt + 500 - (askedAt + half))
      wire.emit({ type: 'clock.measured', offsetMs, errorMs: Math.ceil(half) + 500 })
    },
  }
}
