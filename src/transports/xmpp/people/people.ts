import type { BareJid } from '../wire/jid'
import type { Area, Wire } from '../wire/wire'
import { createContacts } from './contacts'
import { createOwnPresence } from './ownPresence'
import type { OwnPresence } from './ownPresence'
import { createPresence } from './presence'
import { createProfiles } from './profiles'
import { createRoster } from './roster'
import type { Roster } from './roster'

/** Contacts, profiles and presence. */
export interface People {
  /** What has to be known before one is there oneself. */
  readonly areas: readonly Area[]
  /** Hears the presences that nobody else has taken. */
  readonly presence: Area
  readonly roster: Roster
  readonly own: OwnPresence
}

/** Everything about people, none known yet. */
export function createPeople(wire: Wire, isRoom: (jid: BareJid) => boolean): People {
  const own = createOwnPresence()
  const roster = createRoster(wire)
  const profiles = createProfiles(wire, own)
  const presence = createPresence({ wire, roster, own, isRoom, onHeard: profiles.hearPresence })
  return { areas: [roster.area, ...createContacts(wire, roster), profiles.area], presence, roster, own }
}
