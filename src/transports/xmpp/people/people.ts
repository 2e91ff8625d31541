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
  readonly areas: readonly Area[]
  readonly roster: Roster
  readonly own: OwnPresence
}

/** Everything about people, none known yet. */
export function createPeople(wire: Wire): People {
  const own = createOwnPresence()
  const roster = createRoster(wire)
  const profiles = createProfiles(wire, own)
  const presence = createPresence(wire, roster, own, profiles.hearPresence)
  return { areas: [roster.area, ...createContacts(wire, roster), profiles.area, presence], roster, own }
}
