import { requestAfter } from '../../core/friends'
import type { ChatEvent, Command, Contact, Patch, UserId } from '../../model'
import type { CommandContext, CommandSpecs, Optimism } from './commandSpec'

type Names =
  | 'updateOwnProfile'
  | 'askFriend'
  | 'answerFriendRequest'
  | 'deleteFriendRequest'
  | 'markRequestsRead'
  | 'removeContacts'
  | 'updateContact'
  | 'setContactFolder'
  | 'setBlocked'

const contacts = () => 'contacts'

/** The way one's own profile, contacts and friend requests are changed. */
export const peopleCommands: Pick<CommandSpecs, Names> = {
  updateOwnProfile: {
    ability: 'profiles.updateOwn',
    lane: () => 'profile',
    run: (transport, { patch }) => transport.profiles?.updateOwn?.(patch),
    follow: ({ patch }, _, { ownId }) => [{ type: 'profile.changed', profiles: [{ ...patch, id: ownId }] }],
  },
  askFriend: {
    ability: 'contacts.ask',
    lane: contacts,
    run: (transport, { contact, wording, source }) => transport.contacts?.ask(contact, wording, source),
    isOnce: true,
    follow: ({ contact }, outcome) =>
      outcome === 'added' ? [{ type: 'contact.changed', contacts: [contact] }] : [],
  },
  answerFriendRequest: {
    ability: 'contacts.answer',
    lane: contacts,
    run: (transport, { requestId, verdict, remark }) =>
      transport.contacts?.answer(requestId, verdict, remark),
    foresee: (command, context) => requestsAfter(context, command),
    follow: (command, _, context) => requestsAfter(context, command).events,
  },
  deleteFriendRequest: {
    ability: 'contacts.deleteRequest',
    lane: contacts,
    run: (transport, { requestId }) => transport.contacts?.deleteRequest?.(requestId),
    foresee: (command, context) => requestsAfter(context, command),
    follow: ({ requestId }) => [{ type: 'friendRequest.removed', ids: [requestId] }],
  },
  markRequestsRead: {
    ability: 'contacts.markRequestsRead',
    lane: contacts,
    run: (transport) => transport.contacts?.markRequestsRead?.(),
    foresee: (command, context) => requestsAfter(context, command),
    replaces: () => true,
  },
  removeContacts: {
    ability: 'contacts.remove',
    lane: contacts,
    run: (transport, { userIds }) => transport.contacts?.remove(userIds),
    follow: (_, { done }) => [{ type: 'contact.removed', userIds: done }],
  },
  updateContact: {
    ability: 'contacts.update',
    lane: contacts,
    run: (transport, { patch }) => transport.contacts?.update?.(patch),
    foresee: ({ patch }, context) => contactNow(context, patch),
    follow: ({ patch }, _, { contact }) =>
      contact(patch.userId) ? [{ type: 'contact.changed', contacts: [patch] }] : [],
  },
  setContactFolder: {
    ability: 'contacts.setFolder',
    lane: contacts,
    run: (transport, { name, userIds, from }) => transport.contacts?.setFolder?.(name, userIds, from),
  },
  setBlocked: {
    ability: 'contacts.setBlocked',
    lane: contacts,
    run: (transport, { userIds, isBlocked }) => transport.contacts?.setBlocked?.(userIds, isBlocked),
    follow: ({ isBlocked }, { done }, { blockedIds }) => [
      { type: 'blocklist.changed', userIds: blocklistNow(blockedIds(), done, isBlocked) },
    ],
  },
}

/** What the user does with requests is shown at once, and they are as they were where it fails. */
function requestsAfter({ friendRequests }: CommandContext, command: Command): Optimism {
  const touched = friendRequests().flatMap((before) => {
    const after = requestAfter(before, command)
    const isSame = after && after.state === before.state && after.isRead === before.isRead
    return isSame ? [] : [{ before, after }]
  })
  if (touched.length === 0) return { events: [], undo: [] }
  const changed = touched.flatMap(({ after }) => {
    if (!after) return []
    const { id, userId, direction, state, isRead = false } = after
    return [{ id, userId, direction, state, isRead }]
  })
  const goneIds = touched.flatMap(({ before, after }) => (after ? [] : [before.id]))
  const tell = (requests: Told['requests']): ChatEvent => ({ type: 'friendRequest.changed', requests })
  return {
    events: [
      ...(changed.length > 0 ? [tell(changed)] : []),
      ...(goneIds.length > 0 ? [{ type: 'friendRequest.removed', ids: goneIds } as const] : []),
    ],
    // Whoever else has answered meanwhile is not contradicted.
    isShown: () =>
      touched.every(({ before, after }) => {
        const now = friendRequests().find(({ id }) => id === before.id)
        return now?.state === after?.state && now?.isRead === after?.isRead
      }),
    undo: [tell(touched.map(({ before }) => ({ ...before, isRead: before.isRead ?? false })))],
  }
}
type Told = Extract<ChatEvent, { type: 'friendRequest.changed' }>

/** What one calls a friend is one's own: it is shown at once. */
function contactNow({ contact }: CommandContext, patch: Patch<Contact, 'userId'>): Optimism {
  const { userId } = patch
  const known = contact(userId)
  if (!known) return { events: [], undo: [] }
  const before = Object.keys(patch)
    .filter((field) => field !== 'userId')
    .map((field) => [field, known[field as keyof Contact] ?? null])
  return {
    events: [{ type: 'contact.changed', contacts: [patch] }],
    isShown: () => Object.entries(patch).every(([field, value]) => sameField(contact(userId), field, value)),
    undo: [{ type: 'contact.changed', contacts: [{ ...Object.fromEntries(before), userId }] }],
  }
}

function sameField(known: Contact | undefined, field: string, value: unknown): boolean {
  return JSON.stringify(known?.[field as keyof Contact] ?? null) === JSON.stringify(value)
}

function blocklistNow(
  before: readonly UserId[],
  changed: readonly UserId[],
  isBlocked: boolean,
): readonly UserId[] {
  const others = before.filter((id) => !changed.includes(id))
  return isBlocked ? [...others, ...changed] : others
}
