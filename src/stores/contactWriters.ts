import type { Pinia } from 'pinia'
import { requestAfter, requestNow } from '../core/friends'
import { patched } from '../core/patches'
import type { ChatErrorShape, Contact, FriendRequest, Patch, Presence, UserId } from '../model'
import { useContactStore } from './contactStore'
import { useFriendRequestStore } from './friendRequestStore'
import { useOutboxStore } from './outboxStore'
import { usePresenceStore } from './presenceStore'

/** Stores of nouns that are read as a whole. */
interface Listing<T> {
  readonly byId: Map<string, T>
  state: 'empty' | 'loading' | 'ready' | 'failed'
  error: ChatErrorShape | undefined
  isDoubtful: boolean
}

/** Reads of a whole list, between which events go on: what they told meanwhile is newer than the list. */
function listWriters<T>(store: Listing<T>, idOf: (noun: T) => string) {
  let heardIds: Set<string> | undefined
  return {
    hear: (id: string) => void heardIds?.add(id),
    begin(): void {
      heardIds = new Set()
      if (store.state !== 'ready') store.state = 'loading'
      store.error = undefined
      store.isDoubtful = false
    },
    take(nouns: readonly T[]): void {
      const heard = heardIds ?? new Set()
      heardIds = undefined
      const listed = new Set(nouns.map(idOf))
      for (const id of [...store.byId.keys()]) if (!listed.has(id) && !heard.has(id)) store.byId.delete(id)
      for (const noun of nouns) if (!heard.has(idOf(noun))) store.byId.set(idOf(noun), noun)
      store.state = 'ready'
    },
    /** A list that is here stays. */
    fail(error: ChatErrorShape): void {
      heardIds = undefined
      if (store.state !== 'ready') store.state = 'failed'
      store.error = error
    },
    doubt(): void {
      store.isDoubtful = store.state !== 'empty'
    },
  }
}

/** What changes friends, friend requests, the blocklist and presence. */
export function contactWriters(pinia: Pinia) {
  const contacts = useContactStore(pinia)
  const requests = useFriendRequestStore(pinia)
  const presences = usePresenceStore(pinia)
  const outbox = useOutboxStore(pinia)
  const contactList = listWriters<Contact>(contacts, ({ userId }) => userId)
  const requestList = listWriters<FriendRequest>(requests, ({ id }) => id)

  /** What the user has done with a request is shown, though the backend does not know it yet. */
  function shownRequest(request: FriendRequest): readonly FriendRequest[] {
    let shown: FriendRequest | undefined = request
    for (const { command } of outbox.itemById.values()) shown = shown && requestAfter(shown, command)
    return shown ? [shown] : []
  }

  return {
    beginContacts: contactList.begin,
    listContacts: contactList.take,
    failContacts: contactList.fail,
    beginRequests: requestList.begin,
    listRequests: (all: readonly FriendRequest[]) => requestList.take(all.flatMap(shownRequest)),
    failRequests: requestList.fail,
    doubtContacts(): void {
      contactList.doubt()
      requestList.doubt()
      // Nobody tells when somebody left while the line was down.
      presences.byId.clear()
    },
    /** What this machine kept says nothing about what has been heard since. */
    recallContact(contact: Contact): void {
      if (!contacts.byId.has(contact.userId)) contacts.byId.set(contact.userId, contact)
    },
    /** As `recallContact`. */
    recallRequest(request: FriendRequest): void {
      if (!requests.byId.has(request.id)) requests.byId.set(request.id, request)
    },
    /** As `recallContact`. */
    recallBlocked(userIds: readonly UserId[]): void {
      if (contacts.state === 'empty') for (const id of userIds) contacts.blockedIds.add(id)
    },
    patchContact(patch: Patch<Contact, 'userId'>): void {
      contactList.hear(patch.userId)
      contacts.byId.set(patch.userId, patched(contacts.byId.get(patch.userId), patch))
    },
    removeContact(userId: UserId): void {
      contactList.hear(userId)
      contacts.byId.delete(userId)
    },
    patchRequest(patch: Patch<FriendRequest, 'id' | 'userId' | 'direction'>): void {
      requestList.hear(patch.id)
      const next = requestNow(requests.byId.get(patch.id), patch)
      if (next) requests.byId.set(patch.id, next)
      else requests.byId.delete(patch.id)
    },
    removeRequests(ids: readonly string[]): void {
      for (const id of ids) {
        requestList.hear(id)
        requests.byId.delete(id)
      }
    },
    setBlocklist(userIds: readonly UserId[]): void {
      const blocked = new Set(userIds)
      for (const id of [...contacts.blockedIds]) if (!blocked.has(id)) contacts.blockedIds.delete(id)
      for (const id of blocked) contacts.blockedIds.add(id)
    },
    setPresence(presence: Presence): void {
      presences.byId.set(presence.userId, presence)
    },
  }
}
