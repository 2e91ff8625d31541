import type { Checkpoint } from '../../../model'
import type { TailPlace } from '../archive/tail'
import type { BareJid } from '../wire/jid'

/** How far each archive has been read. */
export interface Places {
  readonly own: TailPlace | undefined
  readonly placeByRoom: ReadonlyMap<BareJid, TailPlace>
}

/** The places as the kit keeps them. */
export function writeCheckpoint({ own, placeByRoom }: Places): Checkpoint {
  const rooms = Object.fromEntries([...placeByRoom].sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify({ own, rooms })
}

/** The places a checkpoint holds; what cannot be read is not there. */
export function readCheckpoint(checkpoint: Checkpoint | undefined): Places {
  const told = parsed(checkpoint ?? '')
  const placeByRoom = new Map<BareJid, TailPlace>()
  for (const [room, one] of Object.entries(fields(told['rooms']))) {
    const place = readPlace(one)
    if (place) placeByRoom.set(room, place)
  }
  return { own: readPlace(told['own']), placeByRoom }
}

function readPlace(told: unknown): TailPlace | undefined {
  const { id, at } = fields(told)
  if (typeof id !== 'string') return undefined
  return { id, ...(typeof at === 'number' && Number.isFinite(at) && { at }) }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return fields(JSON.parse(text))
  } catch {
    return {}
  }
}

function fields(told: unknown): Readonly<Record<string, unknown>> {
  return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
}
