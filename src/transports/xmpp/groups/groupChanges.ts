import type { Group, Patch } from '../../../model'
import { writeCard } from '../people/vcard'
import { refusals } from '../refusals'
import type { Rooms } from '../rooms/rooms'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Wire } from '../wire/wire'
import { elementOf, xml } from '../wire/xml'
import { configureRoom } from './roomConfig'
import type { RoomWishes } from './roomConfig'
import type { Subjects } from './subject'

/** Changing what a group is. */
export interface GroupChanges {
  update(room: BareJid, patch: Patch<Group, 'id'>): Promise<void>
  setAvatar(room: BareJid, avatar: string | null): Promise<void>
}

/** A group is changed where its parts are: in the configuration, the card and the subject of its room. */
export function createGroupChanges(wire: Wire, rooms: Rooms, subjects: Subjects): GroupChanges {
  async function update(room: BareJid, patch: Patch<Group, 'id'>): Promise<void> {
    const { id, name, intro, avatar, announcement, joining, inviting, ...others } = patch
    if (Object.values(others).some((value) => value !== undefined)) throw refusals.unsupported()
    if (joining === 'approval' || inviting === 'approval') throw refusals.unsupported()
    const wishes: RoomWishes = {
      ...(name !== undefined && { name: name ?? '' }),
      ...(intro !== undefined && { intro: intro ?? '' }),
      ...(joining && { isMembersOnly: joining !== 'free' }),
      ...(inviting && { canMembersInvite: inviting === 'free' }),
    }
    if (Object.keys(wishes).length > 0) await configureRoom(wire, room, wishes)
    if (joining) await rooms.learn(room)
    if (avatar !== undefined) {
      await setAvatar(room, avatar)
      wire.emit({ type: 'group.changed', groups: [{ id, avatar }] })
    }
    if (announcement !== undefined) await subjects.set(room, announcement ?? '')
  }

  async function setAvatar(room: BareJid, avatar: string | null): Promise<void> {
    const payload = xml('vCard', { xmlns: NS.vcard })
    const answer = await wire.request({ type: 'get', to: room, payload }).catch(() => undefined)
    const card = writeCard(elementOf(answer, 'vCard', NS.vcard), { avatar })
    await wire.request({ type: 'set', to: room, payload: card })
  }

  return { update, setAvatar }
}
