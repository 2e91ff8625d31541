import type { Area, Wire } from './wire/wire'
import { NS } from './wire/namespaces'
import { xml } from './wire/xml'
import type { Xml } from './wire/xml'

/** Tells the server that this device is there and wants to hear everything the account's other devices do. */
export function createOwnPresence(wire: Wire, stanza: () => Xml): Area {
  return {
    async onSignIn() {
      if (wire.disco.server().features.has(NS.carbons) || wire.disco.account().features.has(NS.carbons)) {
        await wire.request({ type: 'set', payload: xml('enable', { xmlns: NS.carbons }) })
      }
      wire.send(stanza())
    },
  }
}
