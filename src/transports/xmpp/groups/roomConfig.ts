import type { Group, GroupType } from '../../../model'
import { refusals } from '../refusals'
import { writeForm } from '../wire/disco'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** What a room is to be like; what is left out stays. */
export interface RoomWishes {
  readonly name?: string
  readonly intro?: string
  readonly isPersistent?: boolean
  readonly isMembersOnly?: boolean
  readonly isModerated?: boolean
  readonly isListed?: boolean
  readonly canMembersInvite?: boolean
  readonly isArchived?: boolean
  /** Everybody sees who everybody is: without it nobody knows who speaks. */
  readonly isOpenAboutPeople?: true
  readonly isSubjectProtected?: true
  /** Open rooms: whoever comes in may speak. */
  readonly isVoiceFree?: boolean
  readonly hasMostSeats?: true
}

const CONFIG = 'muc#roomconfig_'
/** Each wish under the names that servers give it. */
const FIELDS: Readonly<Record<keyof RoomWishes, readonly string[]>> = {
  name: [`${CONFIG}roomname`],
  intro: [`${CONFIG}roomdesc`],
  isPersistent: [`${CONFIG}persistentroom`],
  isMembersOnly: [`${CONFIG}membersonly`],
  isModerated: [`${CONFIG}moderatedroom`],
  isListed: [`${CONFIG}publicroom`, 'public_list'],
  canMembersInvite: [
    `${CONFIG}allowinvites`,
    '{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites',
  ],
  isArchived: [`${CONFIG}enablearchiving`, 'mam'],
  isOpenAboutPeople: [`${CONFIG}whois`],
  isSubjectProtected: [`${CONFIG}changesubject`],
  isVoiceFree: ['members_by_default'],
  hasMostSeats: [`${CONFIG}maxusers`],
}
const WISH_BY_FIELD = new Map(
  (Object.keys(FIELDS) as (keyof RoomWishes)[]).flatMap((wish) =>
    FIELDS[wish].map((field) => [field, wish] as const),
  ),
)

/** What a new room of a type is like. */
export function wishesOf(
  type: GroupType,
  group: Pick<Group, 'name' | 'intro' | 'joining' | 'inviting'>,
): RoomWishes {
  const isMembersOnly = group.joining === undefined ? type === 'work' : group.joining !== 'free'
  return {
    name: group.name ?? '',
    intro: group.intro ?? '',
    isPersistent: type !== 'live',
    isMembersOnly,
    // In a moderated room of Prosody newcomers have no voice; where mutes need one it is made so when somebody is muted.
    isModerated: false,
    isListed: type === 'public',
    canMembersInvite: group.inviting === undefined ? type !== 'public' : group.inviting === 'free',
    isArchived: type !== 'live',
    isOpenAboutPeople: true,
    isSubjectProtected: true,
    isVoiceFree: true,
    hasMostSeats: true,
  }
}

/** Gives a room its owner's wishes: all other fields go back as they came. */
export async function configureRoom(wire: Wire, room: BareJid, wishes: RoomWishes): Promise<void> {
  const payload = xml('query', { xmlns: NS.roomsOwner })
  const answer = await wire.request({ type: 'get', to: room, payload })
  const form = elementOf(elementOf(answer, 'query', NS.roomsOwner), 'x', NS.forms)
  if (!form) throw refusals.notOffered('the room gives no form')
  const fields = elementsOf(form, 'field')
  const filled = fields.flatMap((field) => fill(field, speakable(fields, wishes)))
  const submit = writeForm(NS.roomConfig, Object.fromEntries(filled))
  await wire.request({ type: 'set', to: room, payload: xml('query', { xmlns: NS.roomsOwner }, submit) })
}

/** Where whoever comes into a moderated room is silent at first, it is better not one; Prosody mutes without it. */
function speakable(fields: readonly Xml[], wishes: RoomWishes): RoomWishes {
  const hasVoiceRule = fields.some((field) => FIELDS.isVoiceFree.includes(attrOf(field, 'var') ?? ''))
  return wishes.isModerated && !hasVoiceRule ? { ...wishes, isModerated: false } : wishes
}

function fill(field: Xml, wishes: RoomWishes): readonly (readonly [string, readonly string[]])[] {
  const name = attrOf(field, 'var')
  if (name === undefined || name === 'FORM_TYPE' || attrOf(field, 'type') === 'fixed') return []
  const given = elementsOf(field, 'value').map(textOf)
  const wish = WISH_BY_FIELD.get(name)
  const wanted = wish && wishes[wish]
  return [[name, wanted === undefined ? given : [valueFor(field, wish, wanted, given[0])]]]
}

function valueFor(
  field: Xml,
  wish: keyof RoomWishes | undefined,
  wanted: string | boolean,
  given = '',
): string {
  if (typeof wanted === 'string') return wanted
  if (wish === 'isOpenAboutPeople') return 'anyone'
  if (wish === 'isSubjectProtected') return '0'
  if (wish !== 'hasMostSeats') return wanted ? '1' : '0'
  const seats = elementsOf(field, 'option').map((option) => Number(textOf(elementOf(option, 'value'))))
  const most = Math.max(Number(given) || 0, ...seats.filter(Number.isSafeInteger))
  return most > 0 ? String(most) : given
}
