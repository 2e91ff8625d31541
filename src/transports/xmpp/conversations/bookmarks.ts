import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { fetchItems, publishPrivately, readPepEvent, retractItem } from '../wire/pep'
import type { PepItem } from '../wire/pep'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** A room that the person wants to keep. */
export interface Bookmark {
  readonly room: BareJid
  readonly name?: string
  readonly nick?: string
  /** Every device enters it at sign-in. */
  readonly isEntered: boolean
}
/** The rooms of the account, the same on all its devices (XEP-0402). */
export interface Bookmarks {
  readonly area: Area
  all(): readonly Bookmark[]
  get(room: BareJid): Bookmark | undefined
  save(bookmark: Bookmark): Promise<void>
  remove(room: BareJid): Promise<void>
}
/** Hears what another device has kept or let go of. */
export interface BookmarkWatcher {
  onSaved(bookmark: Bookmark): void
  onRemoved(room: BareJid): void
}

/** Knows none before the sign-in. */
export function createBookmarks(wire: Wire, watcher: BookmarkWatcher): Bookmarks {
  const byRoom = new Map<BareJid, Bookmark>()

  function hear(stanza: Xml): boolean {
    const from = bareJid(attrOf(stanza, 'from'))
    const event = from === undefined ? undefined : readPepEvent(stanza, from)
    if (event?.node !== NS.bookmarks) return false
    if (event.from !== wire.me()?.bare) {
      wire.reject('bookmarks of somebody else')
      return true
    }
    for (const bookmark of event.items.flatMap(readBookmark)) {
      byRoom.set(bookmark.room, bookmark)
      watcher.onSaved(bookmark)
    }
    for (const id of event.retractedIds) {
      const room = bareJid(id)
      if (room !== undefined && byRoom.delete(room)) watcher.onRemoved(room)
    }
    return true
  }

  return {
    area: {
      onMessage: hear,
      async onSignIn() {
        const found = (await fetchItems(wire, NS.bookmarks)).flatMap(readBookmark)
        byRoom.clear()
        found.forEach((bookmark) => byRoom.set(bookmark.room, bookmark))
      },
      onEnd: () => byRoom.clear(),
    },
    all: () => [...byRoom.values()],
    get: (room) => byRoom.get(room),
    async save(bookmark) {
      await publishPrivately(wire, NS.bookmarks, bookmark.room, writeBookmark(bookmark))
      byRoom.set(bookmark.room, bookmark)
    },
    async remove(room) {
      await retractItem(wire, NS.bookmarks, room)
      byRoom.delete(room)
    },
  }
}

function readBookmark({ id, payload }: PepItem): readonly Bookmark[] {
  const room = bareJid(id)
  if (room === undefined || payload.name !== 'conference') return []
  const name = attrOf(payload, 'name')
  const nick = textOf(elementOf(payload, 'nick'))
  const autojoin = attrOf(payload, 'autojoin')
  return [
    {
      room,
      ...(name !== undefined && { name }),
      ...(nick !== '' && { nick }),
      isEntered: autojoin === 'true' || autojoin === '1',
    },
  ]
}

function writeBookmark({ name, nick, isEntered }: Bookmark): Xml {
  const attrs = { xmlns: NS.bookmarks, name, autojoin: isEntered ? 'true' : 'false' }
  return xml('conference', attrs, nick === undefined ? undefined : xml('nick', {}, nick))
}
