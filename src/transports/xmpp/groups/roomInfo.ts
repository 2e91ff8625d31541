import type { Group, GroupType } from '../../../model'
import type { DiscoInfo } from '../wire/disco'
import type { BareJid } from '../wire/jid'
import { groupIdOf } from '../wire/names'

/** What a room says of itself to everybody (XEP-0045, 6.4). */
export type RoomInfo = Pick<Group, 'id' | 'type'> &
  Partial<Pick<Group, 'name' | 'intro' | 'memberCount' | 'joining' | 'inviting'>>

const INFO = 'http://jabber.org/protocol/muc#roominfo'
const CONFIG = 'muc#roomconfig_'
const INVITES = [`${CONFIG}allowinvites`, '{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites']

/** Reads what a room says of itself. */
export function readRoomInfo(jid: BareJid, info: DiscoInfo): RoomInfo {
  const form = info.formsByType[INFO] ?? {}
  const value = (name: string) => form[name]?.[0] ?? ''
  const name = info.identities.find(({ category }) => category === 'conference')?.name ?? ''
  const intro = value('muc#roominfo_description')
  const isClosed = info.features.has('muc_membersonly')
  const told = INVITES.map(value).filter((one) => one !== '')
  const count = Number(value('muc#roominfo_occupants') || Number.NaN)
  return {
    id: groupIdOf(jid),
    type: typeOf(info, isClosed),
    ...(name !== '' && name !== jid && { name }),
    ...(intro !== '' && { intro }),
    // Who is a member of a closed room is not known to everybody, so it is counted elsewhere.
    ...(!isClosed && Number.isSafeInteger(count) && { memberCount: count }),
    joining: isClosed ? 'closed' : 'free',
    ...(told.length > 0 && { inviting: told.some(isTrue) ? ('free' as const) : ('closed' as const) }),
  }
}

/** How many are in the room now; undefined where it does not say. */
export function occupantCount({ formsByType }: DiscoInfo): number | undefined {
  const count = Number(formsByType[INFO]?.['muc#roominfo_occupants']?.[0] || Number.NaN)
  return Number.isSafeInteger(count) ? count : undefined
}

/** The nearest type: only by invitation, open, or gone with the last who leaves. */
function typeOf({ features }: DiscoInfo, isClosed: boolean): GroupType {
  if (!features.has('muc_persistent')) return 'live'
  return isClosed ? 'work' : 'public'
}

function isTrue(value: string): boolean {
  return value === '1' || value === 'true'
}
