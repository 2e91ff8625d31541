import { catalogueError } from '../../core/errors'
import { soundProfile } from '../../core/sound'
import { toChatError } from '../../model'
import type { ChatErrorShape, ChatEvent, Profile } from '../../model'
import { createBackground } from './background'
import type { HandlerContext, Handlers } from './context'
import { readAllPages } from './readAllPages'
import { unreadable } from './unreadable'

/** Nobody has more friends on any backend; what would go on for ever ends here. */
const MOST_CONTACTS = 20_000
const MOST_REQUESTS = 2_000

type ContactIntents = 'loadContacts' | 'loadFriendRequests' | 'watchPresence' | 'findUsers'

/** Handlers of what is wanted of friends, friend requests and whoever may become one. */
export function contactHandlers(context: HandlerContext): Handlers<ContactIntents> {
  const { transport, ingest, clock } = context
  const { isOnline, warn } = createBackground(context)

  async function readContacts(): Promise<readonly ChatEvent[]> {
    const contacts = await readAllPages(
      (cursor) => (transport.contacts ?? missing()).list(cursor),
      MOST_CONTACTS,
    )
    return [{ type: 'contacts.listed', contacts }]
  }

  /** Without a blocklist the friends are shown all the same. */
  async function readBlocklist(): Promise<readonly ChatEvent[]> {
    try {
      const userIds = await transport.contacts?.blocked?.()
      return userIds ? [{ type: 'blocklist.changed', userIds }] : []
    } catch (thrown) {
      // What the end of the line cut off is read again as a whole.
      if (!isOnline()) throw thrown
      warn('The blocklist could not be read.', thrown)
      return []
    }
  }

  async function readRequests(): Promise<readonly ChatEvent[]> {
    const requests = await readAllPages(
      (cursor) => (transport.contacts ?? missing()).requests(cursor),
      MOST_REQUESTS,
    )
    return [{ type: 'friendRequests.listed', requests }]
  }

  const loadContacts = createReader(
    { type: 'contacts.requested' },
    async () => [...(await readContacts()), ...(await readBlocklist())],
    (error) => ({ type: 'contacts.failed', error }),
  )
  const loadRequests = createReader({ type: 'friendRequests.requested' }, readRequests, (error) => ({
    type: 'friendRequests.failed',
    error,
  }))

  /** One reading at a time, whoever asks. */
  function createReader(
    begun: ChatEvent,
    read: () => Promise<readonly ChatEvent[]>,
    failed: (error: ChatErrorShape) => ChatEvent,
  ): () => Promise<void> {
    let reading: Promise<void> | undefined
    async function load(): Promise<void> {
      ingest([begun], 'local')
      try {
        ingest(await read(), 'local')
      } catch (thrown) {
        const error = toChatError(thrown)
        ingest([failed(error)], 'local')
        throw error
      }
    }
    return () => (reading ??= load().finally(() => (reading = undefined)))
  }

  return {
    loadContacts,
    loadFriendRequests: loadRequests,
    async watchPresence({ ids }) {
      return isOnline() && transport.presence ? transport.presence.watch(ids) : () => {}
    },
    async findUsers({ text, cursor }) {
      const page = await (transport.profiles?.findUsers ?? missing())(text, cursor)
      if (!Array.isArray(page?.items)) throw unreadable()
      const items = page.items.flatMap((item: unknown): Profile[] => {
        const profile = soundProfile(item)
        return profile ? [profile] : []
      })
      ingest([{ type: 'profiles.fetched', found: items, missing: [], heardAt: clock.now() }], 'local')
      return { items, ...(typeof page.next === 'string' && { next: page.next }) }
    },
  }
}

function missing(): never {
  throw catalogueError('parley', 'unsupported')
}
