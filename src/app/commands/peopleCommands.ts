import type { CommandSpecs } from './commandSpec'

type Names =
  | 'updateOwnProfile'
  | 'askFriend'
  | 'answerFriendRequest'
  | 'deleteFriendRequest'
  | 'markRequestsRead'
  | 'removeContacts'
  | 'updateContact'
  | 'setBlocked'

const contacts = () => 'contacts'

/** The way one's own profile, contacts and friend requests are changed. */
export const peopleCommands: Pick<CommandSpecs, Names> = {
  updateOwnProfile: {
    ability: 'profiles.updateOwn',
    lane: () => 'profile',
    run: (transport, { patch }) => transport.profiles?.updateOwn?.(patch),
  },
  askFriend: {
    ability: 'contacts.ask',
    lane: contacts,
    run: (transport, { contact, wording, source }) => transport.contacts?.ask(contact, wording, source),
    isOnce: true,
  },
  answerFriendRequest: {
    ability: 'contacts.answer',
    lane: contacts,
    run: (transport, { requestId, verdict, remark }) =>
      transport.contacts?.answer(requestId, verdict, remark),
  },
  deleteFriendRequest: {
    ability: 'contacts.deleteRequest',
    lane: contacts,
    run: (transport, { requestId }) => transport.contacts?.deleteRequest?.(requestId),
  },
  markRequestsRead: {
    ability: 'contacts.markRequestsRead',
    lane: contacts,
    run: (transport) => transport.contacts?.markRequestsRead?.(),
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
    follow: ({ patch }) => [{ type: 'contact.changed', contacts: [patch] }],
  },
  setBlocked: {
    ability: 'contacts.setBlocked',
    lane: contacts,
    run: (transport, { userIds, isBlocked }) => transport.contacts?.setBlocked?.(userIds, isBlocked),
  },
}
