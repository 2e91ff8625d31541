import type { MessageChange, ReadPoint, Receipt } from '../../model'
import { soundErrorOr, UNREADABLE } from './soundError'
import { soundBody, soundKeyedRef, soundRef, soundTotal } from './soundMessage'
import {
  amount,
  bag,
  flag,
  id,
  isRecord,
  key,
  list,
  number,
  oneOf,
  or,
  pastMoment,
  prose,
  shape,
  url,
} from './sound'
import type { Fields, Sound } from './sound'

const KIND: Sound = (told) => told

function change(needed: Fields, optional: Fields = {}): Sound<MessageChange> {
  return shape<MessageChange>(
    { kind: KIND, ref: soundKeyedRef, isVouched: or(flag, false), ...needed },
    { byId: id, at: pastMoment, ...optional },
  )
}

const EDITED = change({ body: soundBody }, { revision: number })
/** An edit whose number cannot be read might be older than what is here. */
const edited: Sound<MessageChange> = (told) =>
  isRecord(told) && told['revision'] !== undefined && number(told['revision']) === undefined
    ? undefined
    : EDITED(told)

const CHANGES: Readonly<Record<MessageChange['kind'], Sound<MessageChange>>> = {
  recalled: change({}, { reason: prose }),
  edited,
  removed: change({}),
  failed: change({ error: soundErrorOr(UNREADABLE) }),
  'reaction-totals': change({ totals: list(soundTotal), isWhole: flag }),
  'reactions-of': change({ userId: id, reactionKeys: list(key) }),
  extensions: change({ set: or(bag(url), {}), deleted: or(list(id), []) }),
  pinned: change({ isPinned: flag }),
  opened: change({ openedAt: pastMoment }),
}

/** A change of a message. One that is not clearly vouched for is not vouched for. */
export const soundChange: Sound<MessageChange> = (told) => {
  const kind = isRecord(told) ? told['kind'] : undefined
  return typeof kind === 'string' && Object.hasOwn(CHANGES, kind)
    ? CHANGES[kind as MessageChange['kind']](told)
    : undefined
}

/** A point names a moment, or a message by key, place or time. */
const soundPoint: Sound<ReadPoint> = (told) => {
  if (!isRecord(told)) return undefined
  if (told['at'] !== undefined) return shape<{ readonly at: number }>({ at: pastMoment })(told)
  const message = soundRef(told['message'])
  const isSomewhere =
    message && (message.keys.length > 0 || message.order !== undefined || message.sentAt !== undefined)
  if (!isSomewhere) return undefined
  return message === told['message'] ? (told as unknown as ReadPoint) : { message }
}

const UP_TO = shape<Receipt>(
  {
    kind: oneOf('upTo'),
    conversationId: id,
    userId: id,
    state: oneOf('delivered', 'read'),
    point: soundPoint,
  },
  { at: pastMoment },
)
const COUNTS = shape<Receipt>({
  kind: oneOf('counts'),
  ref: soundKeyedRef,
  readCount: amount,
  unreadCount: amount,
})

/** How far somebody has read, or how many have. */
export const soundReceipt: Sound<Receipt> = (told) => UP_TO(told) ?? COUNTS(told)
