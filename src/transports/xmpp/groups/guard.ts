import type { Occupant, Room } from '../rooms/rooms'
import type { BareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import { rules, selfIn, setRoleOf } from './roomAdmin'

/** Does again what servers forget, as long as somebody who may is there. */
export interface Guard {
  onOccupant(room: Room, occupant: Occupant, isNew: boolean, isClosed: boolean): void
  setMuted(room: BareJid, jid: BareJid, isMuted: boolean): void
  forget(): void
}

/** Prosody forgets a mute at the door, and a closed moderated room of ejabberd lets the banned and removed back in. */
export function createGuard(wire: Wire): Guard {
  const mutedByRoom = new Map<BareJid, Set<BareJid>>()

  function isMuted(room: BareJid, jid: BareJid): boolean {
    return mutedByRoom.get(room)?.has(jid) === true
  }

  function set(room: BareJid, jid: BareJid, isNow: boolean): void {
    const muted = mutedByRoom.get(room) ?? new Set()
    if (isNow) muted.add(jid)
    else muted.delete(jid)
    mutedByRoom.set(room, muted)
  }

  return {
    onOccupant(room, { nick, jid, affiliation, role }, isNew, isClosed) {
      if (jid === undefined || !rules(selfIn(room)) || nick === room.nick) return
      const isUnwanted = affiliation === 'outcast' || (isClosed && affiliation === 'none')
      if (isUnwanted) return void setRoleOf(wire, room.jid, nick, 'none').catch(() => undefined)
      if (role === 'visitor') return
      if (!isMuted(room.jid, jid)) return
      // Who is given his voice back while he is there was given it by somebody.
      if (isNew) void setRoleOf(wire, room.jid, nick, 'visitor').catch(() => undefined)
      else set(room.jid, jid, false)
    },
    setMuted: set,
    forget: () => mutedByRoom.clear(),
  }
}
