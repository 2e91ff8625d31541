import type { Checkpoint } from '../../../model'
import type { BareJid } from '../wire/jid'

/** How far each archive has been read. */
export interface Places {
  readonly own: string | undefined
  readonly placeByRoom: ReadonlyMap<BareJid, string>
}

/** The places as the kit keeps them. */
export function writeCheckpoint({ own, placeByRoom }: Places): Checkpoint {
  const rooms = Object.fromEntries([...placeByRoom].sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify({ own, rooms })
}

/** The places a checkpoint holds; one that cannot be read holds none. */
export function readCheckpoint(checkpoint: Checkpoint | undefined): Places {
  const told = parsed(checkpoint ?? '')
  const rooms = typeof told.rooms === 'object' && told.rooms !== null ? Object.entries(told.rooms) : []
  const places = rooms.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { own: typeof told.own === 'string' ? told.own : undefined, placeByRoom: new Map(places) }
}

function parsed(text: string): { readonly own?: unknown; readonly rooms?: unknown } {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' && told !== null ? told : {}
  } catch {
    return {}
  }
}
