import { utf8ByteLength } from '../text'

/** No backend has longer ids: a JID is the longest. */
const MOST_ID_BYTES = 3_071

/** Whether asking for an id can make sense at all (G9): text without control characters, no longer than the backend allows. */
export function isAskableId(id: unknown, mostBytes = MOST_ID_BYTES): id is string {
  if (typeof id !== 'string' || id === '' || id.length > mostBytes) return false
  return utf8ByteLength(id) <= mostBytes && !/\p{Cc}/u.test(id)
}
