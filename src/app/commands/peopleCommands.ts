import type { ChatEvent, Contact, Patch, RequestState, UserId } from '../../model'
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
    follow: ({ requestId, verdict }, _, context) =>
      requestNow(context, requestId, verdict === 'refuse' ? 'refused' : 'accepted'),
  },
  deleteFriendRequest: {
    ability: 'contacts.deleteRequest',
    lane: contacts,
    run: (transport, { requestId }) => transport.contacts?.deleteRequest?.(requestId),
    follow: ({ requestId }) => [{ type: 'friendRequest.removed', ids: [requestId] }],
  },
  markRequestsRead: {
    ability: 'contacts.markRequestsRead',
    lane: contacts,
    run: (transport) => transport.contacts?.markRequestsRead?.(),
    foresee: (_, { friendRequests }) => {
      const unread = friendRequests().filter(({ direction, isRead }) => direction === 'in' && !isRead)
      const tell = (isRead: boolean): ChatEvent => ({
        type: 'friendRequest.changed',
        requests: unread.map(({ id, userId, direction }) => ({ id, userId, direction, isRead })),
      })
      return { events: [tell(true)], undo: [tell(false)] }
    },
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

function requestNow(
  { friendRequests }: CommandContext,
  id: string,
  state: RequestState,
): readonly ChatEvent[] {
  const request = friendRequests().find((one) => one.id === id)
  if (!request) return []
  const { userId, direction } = request
  return [{ type: 'friendRequest.changed', requests: [{ id, userId, direction, state, isRead: true }] }]
}

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
