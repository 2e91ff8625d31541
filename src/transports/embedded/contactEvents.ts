import type { FriendRequest, TransportEvent, UserId } from '../../model'
import { blockedIds, shownContact } from './contacts'
import type { LogOp } from './rows'
import type { Reading } from './storage/storage'
import { contactPatch } from './wholePatches'

/** What the log says of friends, requests and the blocklist. */
export type ContactOp = LogOp & { readonly kind: 'contacts' | 'friend-request' | 'blocklist' }

/** What has changed, each once. */
export interface GatheredContacts {
  readonly ids: Set<UserId>
  /** As they stood when they were last told of. */
  readonly requests: Map<string, FriendRequest>
  hasBlocklist: boolean
}

/** Nothing has changed. */
export function noContacts(): GatheredContacts {
  return { ids: new Set(), requests: new Map(), hasBlocklist: false }
}

/** Notes what one entry of the log is about. */
export function gatherContacts(into: GatheredContacts, op: ContactOp): void {
  if (op.kind === 'contacts') op.userIds.forEach((id) => into.ids.add(id))
  else if (op.kind === 'blocklist') into.hasBlocklist = true
  else into.requests.set(op.request.id, op.request)
}

/** What one user hears of it, as it stands now. */
export async function contactEvents(
  reading: Reading,
  gathered: GatheredContacts,
  userId: UserId,
): Promise<readonly TransportEvent[]> {
  const events: TransportEvent[] = []
  const ids = [...gathered.ids]
  const rows = await reading.getMany(
    'friends',
    ids.map((id) => [userId, id]),
  )
  const friends = rows.filter((row) => row !== undefined)
  const goneIds = ids.filter((_, i) => rows[i] === undefined)
  if (friends.length > 0) {
    events.push({ type: 'contact.changed', contacts: friends.map(shownContact).map(contactPatch) })
  }
  if (goneIds.length > 0) events.push({ type: 'contact.removed', userIds: goneIds })
  const requests: FriendRequest[] = []
  for (const told of gathered.requests.values()) {
    const row = await reading.get('friendRequests', [userId, told.id])
    requests.push(row?.request ?? { ...told, state: 'gone' })
  }
  if (requests.length > 0) events.push({ type: 'friendRequest.changed', requests })
  if (gathered.hasBlocklist) {
    events.push({ type: 'blocklist.changed', userIds: await blockedIds(reading, userId) })
  }
  return events
}
