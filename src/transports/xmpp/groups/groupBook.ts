import { toChatError } from '../../../model'
import type { Group } from '../../../model'
import type { Bookmarks } from '../conversations/bookmarks'
import { readCard } from '../people/vcard'
import type { Rooms } from '../rooms/rooms'
import type { DiscoInfo } from '../wire/disco'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { groupIdOf } from '../wire/names'
import type { Me, Wire } from '../wire/wire'
import { elementOf, xml } from '../wire/xml'
import { memberOf } from './members'
import { listAffiliation, selfIn } from './roomAdmin'
import { readRoomInfo } from './roomInfo'

/** What is known of groups. */
export interface GroupBook {
  /** Asks the room what it is; undefined where there is no such room. */
  describe(me: Me, room: BareJid): Promise<Group | undefined>
  /** Asks the room, and fails where it does not answer. */
  look(room: BareJid): Promise<DiscoInfo>
  /** The subject, which a room tells to whoever enters. */
  setAnnouncement(room: BareJid, text: string): void
  forget(): void
}

const NOBODY_THERE: readonly unknown[] = ['item-not-found', 'gone']
const LONGEST_ANNOUNCEMENT = 20_000

/** Knows nothing yet. */
export function createGroupBook(wire: Wire, rooms: Rooms, bookmarks: Bookmarks): GroupBook {
  const announcementByRoom = new Map<BareJid, string>()

  async function describe(me: Me, room: BareJid): Promise<Group | undefined> {
    const joined = rooms.get(room)
    const isKept = bookmarks.get(room)?.isEntered === true
    const state = joined?.isJoined || isKept ? 'joined' : 'not-joined'
    try {
      const info = await wire.disco.ask(room)
      const [avatar, ownerId] = await Promise.all([avatarOf(room, info), ownerOf(me, room)])
      const announcement = announcementByRoom.get(room)
      const self = selfIn(joined)
      return {
        ...readRoomInfo(room, info),
        state,
        ...(avatar !== undefined && { avatar }),
        ...(announcement && { announcement }),
        ...(ownerId !== undefined && { ownerId }),
        ...(self && { me: memberOf(me, room, self) }),
      }
    } catch (thrown) {
      const error = toChatError(thrown)
      const nearest = { id: groupIdOf(room), type: 'work' as const }
      if (NOBODY_THERE.includes(error.code)) return isKept ? { ...nearest, state: 'dissolved' } : undefined
      if (error.domain === 'parley') throw error
      return { ...nearest, state: 'unknown', ...(bookmarkName(room) && { name: bookmarkName(room) }) }
    }
  }

  function bookmarkName(room: BareJid): string {
    return bookmarks.get(room)?.name ?? ''
  }

  async function avatarOf(room: BareJid, { features }: DiscoInfo): Promise<string | undefined> {
    if (!features.has(NS.vcard)) return undefined
    const payload = xml('vCard', { xmlns: NS.vcard })
    const answer = await wire.request({ type: 'get', to: room, payload }).catch(() => undefined)
    return readCard(elementOf(answer, 'vCard', NS.vcard)).avatar
  }

  async function ownerOf(me: Me, room: BareJid): Promise<string | undefined> {
    const joined = rooms.get(room)
    const present = [...(joined?.occupantsByNick.values() ?? [])].find(
      ({ affiliation, jid }) => affiliation === 'owner' && jid !== undefined,
    )
    if (present?.jid !== undefined) return me.names.userIdOf(present.jid)
    if (!joined?.isJoined) return undefined
    const [owner] = await listAffiliation(wire, room, 'owner').catch(() => [])
    return owner === undefined ? undefined : me.names.userIdOf(owner)
  }

  return {
    describe,
    look: (room) => wire.disco.ask(room),
    setAnnouncement: (room, text) => void announcementByRoom.set(room, text.slice(0, LONGEST_ANNOUNCEMENT)),
    forget: () => announcementByRoom.clear(),
  }
}
