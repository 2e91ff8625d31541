import { capsElement } from '../wire/caps'
import { NS } from '../wire/namespaces'
import { xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** What everybody who may know hears of this device. */
export interface OwnPresence {
  /** What the person says of himself. */
  status: string
  /** Names the state of the own profile, so that others notice that it has become another. */
  profileMark: string
  stanza(): Xml
}

/** There, and nothing more. */
export function createOwnPresence(): OwnPresence {
  const own: OwnPresence = {
    status: '',
    profileMark: '',
    stanza: () =>
      xml(
        'presence',
        {},
        capsElement(),
        own.status === '' ? undefined : xml('status', {}, own.status),
        own.profileMark === '' ? undefined : xml('x', { xmlns: NS.parleyProfile, mark: own.profileMark }),
      ),
  }
  return own
}
