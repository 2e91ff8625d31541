import { capsElement } from './wire/caps'
import type { Area, Wire } from './wire/wire'
import { NS } from './wire/namespaces'
import { bareJid } from './wire/jid'
import { attrOf, xml } from './wire/xml'

/** Tells the server that this device is there and wants to hear everything the account's other devices do. */
export function createOwnPresence(wire: Wire): Area {
  return {
    // The account's own devices: what they are is nobody's concern here.
    onPresence: (presence) => bareJid(attrOf(presence, 'from')) === wire.me()?.bare,
    async onSignIn() {
      if (wire.disco.server().features.has(NS.carbons) || wire.disco.account().features.has(NS.carbons)) {
        await wire.request({ type: 'set', payload: xml('enable', { xmlns: NS.carbons }) })
      }
      wire.send(xml('presence', {}, capsElement()))
    },
  }
}
