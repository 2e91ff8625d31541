import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKitOptions } from '../../src/app'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import {
  useContactIndex,
  useContacts,
  useFriendOffer,
  useFriendRequests,
  useFriendWords,
  useProfileCard,
  useUserSearch,
} from '../../src/composables'
import type { ContactsFacet } from '../../src/core/ports'
import zhCN from '../../src/i18n/locales/zh-CN'
import { ChatError } from '../../src/model'
import type { Contact, FriendRequest, Page } from '../../src/model'
import { createMemoryStorage } from '../../src/storage'
import { createFakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'
import type { Script } from '../support/scriptedTransport'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

const done = async (userIds: readonly string[]) => ({ done: userIds, pending: [], failed: [] })

/** A kit on a backend with contacts that do what a test says. */
function aKit(
  contacts: Partial<ContactsFacet> | undefined,
  script: Script = {},
  options: Partial<ChatKitOptions> = {},
) {
  const facet: ContactsFacet | undefined = contacts && {
    list: async () => ({ items: [] }),
    requests: async () => ({ items: [] }),
    ask: async () => 'pending',
    answer: async () => {},
    remove: done,
    ...contacts,
  }
  const backend = createScriptedTransport(script)
  const transport = { ...backend.transport, ...(facet && { contacts: facet }) }
  const kit = createChatKit({
    transport,
    userId: 'alice',
    cache: 'memory',
    logger: createRecordingLogger(),
    ...options,
  })
  endings.push(() => kit.dispose())
  function use<View>(composable: () => View): View {
    const { view, stop } = runInKit(kit, composable)
    endings.push(stop)
    return view
  }
  return { backend, kit, use }
}

const pageOf = <T>(...items: T[]): Page<T> => ({ items })
const idsOf = (contacts: readonly Contact[]) => contacts.map(({ userId }) => userId)
const aRequest = (traits: Partial<FriendRequest> = {}): FriendRequest => ({
  id: 'r1',
  userId: 'bob',
  direction: 'in',
  state: 'pending',
  at: 5,
  ...traits,
})

describe('contacts', () => {
  it('are read to the end, once, as soon as the session is online', async () => {
    const cursors: (string | undefined)[] = []
    const { backend, use } = aKit({
      async list(cursor) {
        cursors.push(cursor)
        return cursor === undefined
          ? { items: [{ userId: 'bob', folders: ['Work'] }], next: 'more' }
          : { items: [{ userId: 'carol', folders: ['Family', 'Work'] }] }
      },
      blocked: async () => ['mallory'],
      setBlocked: done,
    })
    const [view, again] = [use(useContacts), use(useContacts)]
    expect(view.state.value).toBe('loading')
    backend.goOnline()
    await vi.waitFor(() => expect(view.state.value).toBe('ready'))
    expect(idsOf(again.contacts.value)).toEqual(['bob', 'carol'])
    expect(view.folders.value).toEqual(['Family', 'Work'])
    await vi.waitFor(() => expect(view.blockedIds.value).toEqual(['mallory']))
    expect(view.hasBlocklist.value).toBe(true)
    expect(cursors).toEqual([undefined, 'more'])
  })

  it('keep what is told while they are read', async () => {
    let answer: ((page: Page<Contact>) => void) | undefined
    const { backend, use } = aKit({ list: () => new Promise((resolve) => (answer = resolve)) })
    const view = use(useContacts)
    backend.goOnline()
    await vi.waitFor(() => expect(answer).toBeDefined())
    backend.tell(
      { type: 'contact.changed', contacts: [{ userId: 'new', remark: 'Told' }] },
      { type: 'contact.removed', userIds: ['gone'] },
    )
    await vi.waitFor(() => expect(idsOf(view.contacts.value)).toEqual(['new']))
    answer?.(pageOf({ userId: 'gone' }, { userId: 'new', remark: 'Old' }, { userId: 'bob' }))
    await vi.waitFor(() => expect(view.contacts.value.length).toBe(2))
    expect(view.contacts.value).toEqual([{ userId: 'new', remark: 'Told' }, { userId: 'bob' }])
  })

  it('are read again after events were lost, and forget whom the list has no more', async () => {
    const pages = [
      pageOf<Contact>({ userId: 'bob' }, { userId: 'carol' }),
      pageOf<Contact>({ userId: 'carol' }),
    ]
    const { backend, use } = aKit({ list: async () => pages.shift() ?? pageOf() })
    const view = use(useContacts)
    backend.goOnline()
    await vi.waitFor(() => expect(view.contacts.value.length).toBe(2))
    backend.goOffline()
    backend.goOnline(false)
    await vi.waitFor(() => expect(idsOf(view.contacts.value)).toEqual(['carol']))
  })

  it('say what went wrong, and are read again on a wish', async () => {
    let isBroken = true
    const { backend, use } = aKit({
      async list() {
        if (isBroken) throw new ChatError({ code: 'no-line', kind: 'timeout' })
        return pageOf<Contact>({ userId: 'bob' })
      },
    })
    const view = use(useContacts)
    backend.goOnline()
    await vi.waitFor(() => expect(view.state.value).toBe('failed'))
    expect(view.error.value).toMatchObject({ kind: 'timeout' })
    isBroken = false
    view.reload()
    await vi.waitFor(() => expect(view.state.value).toBe('ready'))
    expect(view.error.value).toBeUndefined()
  })

  it('are not there without their facet, and nobody asks for them', async () => {
    const { backend, use } = aKit(undefined)
    const [contacts, requests] = [use(useContacts), use(useFriendRequests)]
    const card = use(() => useProfileCard('bob'))
    backend.goOnline()
    await Promise.resolve()
    expect(contacts.isOffered.value).toBe(false)
    expect(requests.isOffered.value).toBe(false)
    expect(contacts.state.value).toBe('loading')
    expect(card.can.value).toMatchObject({ ask: false, update: false, remove: false, block: false })
  })

  it('without what cannot be read lose only that', async () => {
    const bad = [{ userId: 7 }, null, 'bob', { userId: 'bob', remark: 4 }] as unknown as Contact[]
    const { backend, use } = aKit({ list: async () => ({ items: bad }) })
    const view = use(useContacts)
    backend.goOnline()
    await vi.waitFor(() => expect(view.state.value).toBe('ready'))
    expect(view.contacts.value).toEqual([{ userId: 'bob' }])
  })

  it('stand in an index by the names shown of them, remarks first', async () => {
    const { backend, use } = aKit(
      {
        list: async () =>
          pageOf<Contact>({ userId: 'u1' }, { userId: 'u2', remark: 'Zed' }, { userId: 'u3' }),
      },
      {
        profiles: {
          fetch: async (ids) => ({
            found: ids.map((id) => ({ id, name: { u1: '王芳', u2: 'Bob', u3: 'Ann' }[id] ?? id })),
            missing: [],
          }),
        },
      },
    )
    const contacts = use(useContacts)
    const index = use(() => useContactIndex(() => idsOf(contacts.contacts.value)))
    backend.goOnline()
    await vi.waitFor(() =>
      expect(index.sections.value).toEqual([
        { letter: 'A', ids: ['u3'] },
        { letter: 'W', ids: ['u1'] },
        { letter: 'Z', ids: ['u2'] },
      ]),
    )
    expect(index.isReady.value).toBe(true)
  })
})

describe('friend requests', () => {
  it('count as new until they are looked at, here and in a backend that marks them', async () => {
    const marked = vi.fn(async () => {})
    const { backend, use } = aKit({
      requests: async () => pageOf(aRequest(), aRequest({ id: 'r2', userId: 'carol', at: 9 })),
      markRequestsRead: marked,
    })
    const view = use(useFriendRequests)
    backend.goOnline()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(2))
    expect(view.incoming.value.map(({ id }) => id)).toEqual(['r2', 'r1'])
    view.markRead()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(0))
    await vi.waitFor(() => expect(marked).toHaveBeenCalledOnce())
  })

  it('are new again where the backend refuses to mark them', async () => {
    const { backend, use } = aKit({
      requests: async () => pageOf(aRequest()),
      markRequestsRead: async () => {
        throw new ChatError({ code: 1, kind: 'forbidden' })
      },
    })
    const view = use(useFriendRequests)
    backend.goOnline()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(1))
    view.markRead()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(0))
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(1))
  })

  it('that nobody waits for any more vanish for who was asked, and stay for who asked until he has seen it', async () => {
    const { backend, use } = aKit({})
    const view = use(useFriendRequests)
    backend.goOnline()
    await vi.waitFor(() => expect(view.state.value).toBe('ready'))
    const [incoming, outgoing] = [aRequest(), aRequest({ id: 'r2', direction: 'out' })]
    backend.tell({ type: 'friendRequest.changed', requests: [incoming, outgoing] })
    expect([view.incoming.value.length, view.outgoing.value.length]).toEqual([1, 1])
    backend.tell({
      type: 'friendRequest.changed',
      requests: [
        { ...incoming, state: 'gone' },
        { ...outgoing, state: 'gone' },
      ],
    })
    expect([view.incoming.value.length, view.outgoing.value.length]).toEqual([0, 1])
    expect(view.outgoing.value[0]?.state).toBe('gone')
  })

  it('are answered with a name and groups, and taken out of the list', async () => {
    const calls: unknown[] = []
    const { backend, use } = aKit({
      requests: async () => pageOf(aRequest()),
      answer: async (...given) => void calls.push(['answer', ...given]),
      update: async (patch) => void calls.push(['update', patch]),
      deleteRequest: async (id) => void calls.push(['delete', id]),
    })
    const view = use(useFriendRequests)
    backend.goOnline()
    await vi.waitFor(() => expect(view.incoming.value.length).toBe(1))
    const [request] = view.incoming.value
    await view.answer(request!, { verdict: 'accept-and-add', remark: 'Bobby', folders: ['Work'] })
    expect(view.incoming.value[0]?.state).toBe('accepted')
    await view.remove(request!)
    expect(view.incoming.value).toEqual([])
    expect(calls).toEqual([
      ['answer', 'r1', 'accept-and-add', 'Bobby'],
      ['update', { userId: 'bob', folders: ['Work'] }],
      ['delete', 'r1'],
    ])
  })
})

describe('friend requests without a network', () => {
  /** Two kits of one person, one after the other on one machine. */
  function anotherDay(backendContacts: Partial<ContactsFacet>) {
    const storage = createMemoryStorage(CACHE_SCHEMA)
    let ids = 0
    const begin = (contacts: Partial<ContactsFacet>) => {
      const clock = createFakeClock()
      const cache = openCache({
        name: 'kept',
        ownId: 'alice',
        clock,
        ids: { next: () => `id-${(ids += 1)}` },
        storage,
      })
      return { cache, ...aKit(contacts, {}, { cache, clock }) }
    }
    return { first: begin(backendContacts), begin }
  }

  it('are there again from this machine, with whom one has blocked', async () => {
    const { first, begin } = anotherDay({
      requests: async () => pageOf(aRequest({ wording: 'Hello' })),
      blocked: async () => ['mallory'],
      setBlocked: done,
    })
    const view = first.use(useFriendRequests)
    first.use(useContacts)
    first.backend.goOnline()
    await vi.waitFor(() => expect(view.incoming.value.length).toBe(1))
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(1))
    await first.kit.dispose()
    const next = begin({})
    const again = next.use(useFriendRequests)
    const contacts = next.use(useContacts)
    await vi.waitFor(() => expect(again.incoming.value).toEqual([aRequest({ wording: 'Hello' })]))
    expect(again.state.value).toBe('ready')
    expect(again.unreadCount.value).toBe(1)
    expect(contacts.blockedIds.value).toEqual(['mallory'])
  })

  it('are looked at and answered at once, and the backend hears of it later, in a new page too', async () => {
    const { first, begin } = anotherDay({
      requests: async () => pageOf(aRequest(), aRequest({ id: 'r2', userId: 'carol' })),
      markRequestsRead: async () => {},
    })
    const view = first.use(useFriendRequests)
    first.backend.goOnline()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(2))
    first.backend.goOffline()
    view.markRead()
    await vi.waitFor(() => expect(view.unreadCount.value).toBe(0))
    const [bob] = view.incoming.value.filter(({ id }) => id === 'r1')
    view.answer(bob!, { verdict: 'accept-and-add', remark: 'Bobby', folders: ['Work'] }).catch(() => {})
    const stateOf = (one: typeof view) => one.incoming.value.find(({ id }) => id === 'r1')?.state
    await vi.waitFor(() => expect(stateOf(view)).toBe('accepted'))
    expect(view.isOnItsWay(bob!)).toBe(true)
    await first.kit.dispose()

    const calls: unknown[] = []
    let answered: (() => void) | undefined
    const next = begin({
      requests: async () => pageOf(aRequest(), aRequest({ id: 'r2', userId: 'carol' })),
      markRequestsRead: async () => void calls.push('read'),
      async answer(...given) {
        calls.push(given)
        await new Promise<void>((resolve) => (answered = resolve))
      },
      update: async (patch) => void calls.push(patch),
    })
    const again = next.use(useFriendRequests)
    await vi.waitFor(() => expect(stateOf(again)).toBe('accepted'))
    expect(again.unreadCount.value).toBe(0)
    next.backend.goOnline()
    await vi.waitFor(() => expect(answered).toBeDefined())
    // The list that was read meanwhile does not know of the answer.
    expect(stateOf(again)).toBe('accepted')
    answered?.()
    await vi.waitFor(() =>
      expect(calls).toEqual([
        'read',
        ['r1', 'accept-and-add', 'Bobby'],
        { userId: 'bob', folders: ['Work'] },
      ]),
    )
    expect(again.isOnItsWay(bob!)).toBe(false)
  })

  it('wait again where the answer is refused, unless somebody else has given one', async () => {
    const { backend, use } = aKit({
      requests: async () => pageOf(aRequest(), aRequest({ id: 'r2', userId: 'carol' })),
      answer: async () => {
        throw new ChatError({ code: 1, kind: 'forbidden' })
      },
    })
    const view = use(useFriendRequests)
    backend.goOnline()
    await vi.waitFor(() => expect(view.incoming.value.length).toBe(2))
    const [one, other] = view.incoming.value
    const answering = view.answer(one!, { verdict: 'refuse' })
    const late = view.answer(other!, { verdict: 'refuse' })
    backend.tell({ type: 'friendRequest.changed', requests: [{ ...other!, state: 'accepted' }] })
    await expect(answering).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(late).rejects.toMatchObject({ kind: 'forbidden' })
    const states = view.incoming.value.map(({ id, state }) => [id, state])
    expect(states).toEqual([
      [one!.id, 'pending'],
      [other!.id, 'accepted'],
    ])
  })
})

describe('the card of somebody', () => {
  it('shows a remark at once and takes it back where it is refused', async () => {
    const { backend, use } = aKit({
      list: async () => pageOf<Contact>({ userId: 'bob', remark: 'Bobby' }),
      update: async () => {
        throw new ChatError({ code: 1, kind: 'too-large' })
      },
    })
    use(useContacts)
    const card = use(() => useProfileCard('bob'))
    backend.goOnline()
    await vi.waitFor(() => expect(card.contact.value?.remark).toBe('Bobby'))
    const saving = card.setRemark('Robert')
    await vi.waitFor(() => expect(card.shown.value.name).toBe('Robert'))
    await expect(saving).rejects.toMatchObject({ kind: 'too-large' })
    await vi.waitFor(() => expect(card.shown.value.name).toBe('Bobby'))
  })

  it('warns of a stranger who bears the name of a friend', async () => {
    const { backend, use } = aKit(
      { list: async () => pageOf<Contact>({ userId: 'bob', remark: 'Bob Tanaka' }) },
      {
        profiles: {
          fetch: async (ids) => ({ found: ids.map((id) => ({ id, name: 'bob  tanaka' })), missing: [] }),
        },
      },
    )
    use(useContacts)
    const [stranger, friend] = [use(() => useProfileCard('b0b')), use(() => useProfileCard('bob'))]
    backend.goOnline()
    await vi.waitFor(() => expect(stranger.imitated.value).toMatchObject({ id: 'bob', name: 'Bob Tanaka' }))
    expect(friend.imitated.value).toBeUndefined()
  })

  it('fails as a whole where the one thing fails', async () => {
    const error = { domain: 'tencent', code: 31704, kind: 'not-found' } as const
    const { backend, use } = aKit({
      remove: async (ids) => ({
        done: [],
        pending: [],
        failed: ids.map((id) => ({ id, error: new ChatError(error) })),
      }),
    })
    const card = use(() => useProfileCard('bob'))
    backend.goOnline()
    await expect(card.remove()).rejects.toMatchObject(error)
  })
})

describe('the search for people', () => {
  it('finds by the exact id where the backend looks for nothing else', async () => {
    const { backend, use } = aKit(
      {},
      {
        profiles: {
          fetch: async (ids) => ({
            found: ids.filter((id) => id === 'bob').map((id) => ({ id, name: 'Bob' })),
            missing: ids.filter((id) => id !== 'bob'),
          }),
        },
      },
    )
    const search = use(useUserSearch)
    backend.goOnline()
    expect(search.isByName.value).toBe(false)
    await search.search(' bob ')
    expect(search.foundIds.value).toEqual(['bob'])
    await search.search('nobody')
    await vi.waitFor(() => expect(search.foundIds.value).toEqual([]))
  })

  it('goes on page by page, and no late answer takes the place of a newer one', async () => {
    const answers = new Map<string, (page: Page<{ id: string }>) => void>()
    const { backend, use } = aKit(
      {},
      {
        profiles: {
          findUsers: (text, cursor) =>
            new Promise((resolve) => answers.set(`${text}${cursor ?? ''}`, resolve)),
        },
      },
    )
    const search = use(useUserSearch)
    backend.goOnline()
    const [slow, quick] = [search.search('slow'), search.search('quick')]
    await vi.waitFor(() => expect(answers.size).toBe(2))
    answers.get('quick')?.({ items: [{ id: 'q1' }], next: '+' })
    answers.get('slow')?.({ items: [{ id: 's1' }] })
    await Promise.all([slow, quick])
    expect(search.foundIds.value).toEqual(['q1'])
    const more = search.more()
    await vi.waitFor(() => expect(answers.has('quick+')).toBe(true))
    answers.get('quick+')?.({ items: [{ id: 'q1' }, { id: 'q2' }] })
    await more
    expect(search.foundIds.value).toEqual(['q1', 'q2'])
    expect(search.hasMore.value).toBe(false)
  })
})

describe('words about requests', () => {
  it('say how long is left, and what stands in the way', () => {
    const { kit, use } = aKit({})
    const words = use(useFriendWords)
    const hour = 3_600_000
    expect(words.timeLeft(7 * 24 * hour, 0)).toBe('7 days')
    expect(words.timeLeft(25 * hour, 0)).toBe('2 days')
    expect(words.timeLeft(24 * hour, 0)).toBe('24 hours')
    expect(words.timeLeft(90_000, 0)).toBe('2 minutes')
    expect(words.timeLeft(0, hour)).toBe('1 minute')
    const refused = new ChatError({ code: 'request-refused', kind: 'too-often', untilAt: 3 * 24 * hour })
    expect(words.failure(refused, 0)).toContain('Refused')
    expect(words.failure(new ChatError({ domain: 'tencent', code: 30515, kind: 'blocked' }), 0)).toContain(
      'Unblock',
    )
    kit.locale.value = zhCN
    expect(words.failure(refused, 0)).toContain('3 天')
  })
})

describe('the offer to ask for friendship', () => {
  it('stands in a direct conversation with a stranger, and says what came of it', async () => {
    const asked: unknown[] = []
    const { backend, use } = aKit({
      async ask(contact, _wording, source) {
        asked.push(contact, source)
        return 'pending'
      },
    })
    const offer = use(() => useFriendOffer('c1'))
    backend.goOnline()
    expect(offer.isPossible.value).toBe(false)
    backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'direct', peerId: 'bob' }],
    })
    expect(offer.isPossible.value).toBe(true)
    await offer.ask()
    expect(offer.outcome.value).toBe('pending')
    expect(asked).toEqual([{ userId: 'bob' }, 'conversation'])
    // The row that was pressed is drawn anew, and the service tells of the request.
    const again = use(() => useFriendOffer('c1'))
    expect(again.outcome.value).toBeUndefined()
    backend.tell({ type: 'friendRequest.changed', requests: [aRequest({ direction: 'out' })] })
    expect(again.outcome.value).toBe('pending')
    await again.ask()
    expect(asked).toHaveLength(2)
    backend.tell({ type: 'contact.changed', contacts: [{ userId: 'bob' }] })
    expect(offer.isPossible.value).toBe(false)
  })
})
