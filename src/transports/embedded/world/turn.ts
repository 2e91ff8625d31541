import type { UserId } from '../../../model'
import { pictureCard } from './pictures'
import { nameOf } from './people'
import type { WorldMessage } from './world'

/** One thing said, before it has a time. `@id ` in the text points at a person, `@all` at everybody. */
export interface Turn {
  readonly senderId: UserId
  readonly text: string
  readonly picture?: number
  /** Time passed since the turn before, when it is more than typing takes. */
  readonly pauseMs?: number
}
/** Turns of one day; `gapDays` counts back from this day to the one before. */
export interface Session {
  readonly gapDays: number
  readonly turns: readonly Turn[]
}

const MENTION = /@([a-z]+)\b ?/g

/** Gives a turn its time, its parts and its mentions. */
export function toMessage(turn: Turn, sentAt: number): WorldMessage {
  const userIds: UserId[] = []
  let isAll = false
  const text = turn.text.replace(MENTION, (whole, id: string) => {
    if (id === 'all') {
      isAll = true
      return whole
    }
    const name = nameOf(id)
    if (name === undefined) return whole
    if (!userIds.includes(id)) userIds.push(id)
    return `@${name} `
  })
  const parts: WorldMessage['parts'] = [
    ...(turn.picture === undefined ? [] : [picturePart(turn.picture)]),
    ...(text === '' ? [] : [{ kind: 'text', text: text.trimEnd() } as const]),
  ]
  const message = { senderId: turn.senderId, sentAt, parts }
  return userIds.length === 0 && !isAll ? message : { ...message, mentions: { userIds, isAll } }
}

/** The size in bytes is left out: it is known only once the picture is painted. */
function picturePart(n: number): WorldMessage['parts'][number] {
  const { key, name, width, height } = pictureCard(n)
  return { kind: 'image', file: { at: 'remote', key, name, mime: 'image/png' }, width, height }
}
