import type { Ability } from '../../../core/ports'
import type { AbilityScope, Verdict } from '../../../model'
import type { Bookmarks } from '../conversations/bookmarks'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import type { BareJid } from '../wire/jid'
import { addressOf } from '../wire/names'
import { NS } from '../wire/namespaces'
import type { Wire } from '../wire/wire'
import { occupantsOf, rules, selfIn } from './roomAdmin'

/** What judging needs to know. */
export interface VerdictSetup {
  readonly wire: Wire
  readonly rooms: Rooms
  readonly bookmarks: Bookmarks
}

const OF_OWNERS: ReadonlySet<Ability> = new Set(['groups.dissolve', 'groups.transfer', 'groups.setRole'])
const OF_RULERS: ReadonlySet<Ability> = new Set(['groups.kick', 'groups.setBanned', 'groups.setMuted'])
const OF_NOBODY_INSIDE: ReadonlySet<Ability> = new Set(['groups.create', 'groups.findGroups'])

/** What the own place in a room allows; undefined where groups have nothing to say. */
export function groupVerdict(
  { wire, rooms, bookmarks }: VerdictSetup,
  ability: Ability,
  scope: AbilityScope,
): Verdict | undefined {
  if (!ability.startsWith('groups.')) return undefined
  if (OF_NOBODY_INSIDE.has(ability) && !wire.disco.serviceWith(NS.rooms)) {
    return refusals.notOffered('the server has no rooms')
  }
  const me = wire.me()
  const room = roomOf(scope, (id) => me?.names.jidOfGroup(id))
  if (room === 'none') return undefined
  if (room === undefined) return refusals.noSuchGroup()
  const joined = rooms.get(room)
  if (ability === 'groups.join') return joined?.isJoined ? refusals.alreadyMember() : 'try'
  if (ability === 'groups.quit') return joined || bookmarks.get(room) ? 'yes' : refusals.notAMember()
  const self = selfIn(joined)
  const isGoverned = OF_OWNERS.has(ability) || OF_RULERS.has(ability) || ability === 'groups.invite'
  if (!isGoverned && ability !== 'groups.update') return undefined
  // Between two streams one is in no room, and may be in it again in a moment.
  if (!self) return bookmarks.get(room) || joined ? 'try' : refusals.notAMember()
  if (self.affiliation === 'owner') return againstOwner(ability, rooms, room, scope, me?.names.jidOfUser)
  if (OF_OWNERS.has(ability)) return refusals.notByRole()
  if (OF_RULERS.has(ability)) {
    return rules(self)
      ? againstOwner(ability, rooms, room, scope, me?.names.jidOfUser, true)
      : refusals.notByRole()
  }
  // The subject may be open to more than the configuration is.
  if (ability === 'groups.update') return self.role === 'moderator' ? 'try' : refusals.notByRole()
  return rules(self) ? 'yes' : self.role === 'visitor' ? refusals.notByRole() : 'try'
}

/** Rooms protect owners from all but owners, and whoever rules from being silenced. */
function againstOwner(
  ability: Ability,
  rooms: Rooms,
  room: BareJid,
  { userId }: AbilityScope,
  jidOf: ((id: unknown) => BareJid | undefined) | undefined,
  isByAdmin = false,
): Verdict {
  const jid = userId === undefined ? undefined : jidOf?.(userId)
  if (jid === undefined || !OF_RULERS.has(ability)) return 'yes'
  const present = occupantsOf(rooms, room, jid)
  if (present.length === 0) return ability === 'groups.setMuted' ? refusals.notPresent() : 'try'
  const isRuler = present.some(rules)
  return isRuler && (isByAdmin || ability === 'groups.setMuted') ? refusals.notByRole() : 'yes'
}

function roomOf(
  { groupId, conversationId }: AbilityScope,
  jidOf: (groupId: string) => BareJid | undefined,
): BareJid | undefined | 'none' {
  if (groupId !== undefined) return jidOf(groupId)
  const address = addressOf(conversationId)
  return address?.kind === 'group' ? address.jid : 'none'
}
