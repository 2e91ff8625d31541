import type { ContactsFacet } from '../../src/core/ports'
import type { XmppUser } from './xmppUser'

/** Makes two people contacts of each other, by asking and accepting. */
export async function befriend(alice: XmppUser, bob: XmppUser): Promise<void> {
  await contactsOf(alice).ask({ userId: bob.id })
  const request = await bob.until(() => requestsOf(bob).find(({ userId }) => userId === alice.id))
  await contactsOf(bob).answer(request.id, 'accept-and-add')
  await alice.until(() => has(alice, bob))
  await bob.until(() => has(bob, alice))
}

/** All that was told of requests. */
export function requestsOf(user: XmppUser) {
  return user.told('friendRequest.changed').flatMap(({ requests }) => requests)
}

function has(user: XmppUser, other: XmppUser): boolean {
  return user
    .told('contact.changed')
    .some(({ contacts }) => contacts.some(({ userId }) => userId === other.id))
}

function contactsOf(user: XmppUser): ContactsFacet {
  if (!user.transport.contacts) throw new Error('a transport without contacts')
  return user.transport.contacts
}
