import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import type { Clock } from '../../src/core/ports'
import { isChatError } from '../../src/model'
import type { ChatErrorShape, ConversationId } from '../../src/model'
import { useContactStore, useFriendRequestStore, useTimelineStore } from '../../src/stores'
import { useContacts, useFriendRequests, useProfile, useProfileCard } from '../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { RelationPolicy } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'

const DAY = 86_400_000
const patiently = { timeout: 8_000 }
const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Time passes as it does, and now and then days at once. */
function aClock(): Clock & { leap(ms: number): void } {
  let leaptMs = 0
  return {
    now: () => Date.now() + leaptMs,
    after(ms, work) {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    leap: (ms) => void (leaptMs += ms),
  }
}

/** One person in two tabs of a browser, which share its database. */
interface Person {
  readonly id: string
  readonly tabs: readonly [ChatKit, ChatKit]
  /** Waits until both tabs show it. */
  sees(check: (tab: Shown) => void): Promise<void>
}

/** What a tab shows. */
function shownIn(kit: ChatKit) {
  return {
    contact: (id: string) => useContactStore(kit.pinia).byId.get(id),
    isBlocked: (id: string) => useContactStore(kit.pinia).blockedIds.has(id),
    requests: () => [...useFriendRequestStore(kit.pinia).byId.values()],
    unread: () => useFriendRequestStore(kit.pinia).unreadCount,
    name: (id: string) => {
      const { view, stop } = runInKit(kit, () => useProfile(id))
      const { name } = view.value
      stop()
      return name
    },
    texts: (id: ConversationId) =>
      (useTimelineStore(kit.pinia).timelineById.get(id)?.entries() ?? []).flatMap(({ message }) =>
        message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
      ),
  }
}
type Shown = ReturnType<typeof shownIn>

async function threePeople(relations: RelationPolicy = {}) {
  const clock = aClock()
  const name = `friendship-${crypto.randomUUID()}`
  const service = createEmbeddedService({ name, clock, relations })
  endings.push(() => service.close())
  for (const [id, shownName] of [
    ['alice', 'Alice'],
    ['bob', 'Bob'],
    ['carol', 'Carol'],
  ] as const) {
    await service.addUser({ id, name: shownName })
  }

  async function person(id: string): Promise<Person> {
    const tab = () => {
      const transport = createEmbeddedTransport({ service })
      const kit = createChatKit({ transport, userId: id, clock, logger: createRecordingLogger() })
      endings.push(() => kit.dispose())
      for (const use of [useContacts, useFriendRequests]) endings.push(runInKit<unknown>(kit, use).stop)
      return kit
    }
    const tabs = [tab(), tab()] as const
    await Promise.all(tabs.map((kit) => kit.online()))
    await vi.waitFor(() => {
      for (const { pinia } of tabs) {
        expect(useContactStore(pinia).state).toBe('ready')
        expect(useFriendRequestStore(pinia).state).toBe('ready')
      }
    }, patiently)
    return {
      id,
      tabs,
      sees: (check) => vi.waitFor(() => tabs.map(shownIn).forEach((tab) => check(tab)), patiently),
    }
  }
  return { clock, alice: await person('alice'), bob: await person('bob'), carol: await person('carol') }
}

function cardOf(kit: ChatKit, userId: string) {
  const { view, stop } = runInKit(kit, () => useProfileCard(userId))
  endings.push(stop)
  return view
}

/** Why something is refused. */
async function refusal(work: Promise<unknown>): Promise<ChatErrorShape> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!isChatError(thrown)) throw new Error('it was not refused')
  return thrown
}

async function requestFrom(person: Person, userId: string) {
  await person.sees(({ requests }) =>
    expect(requests()).toContainEqual(expect.objectContaining({ userId, direction: 'in', state: 'pending' })),
  )
  const { view, stop } = runInKit(person.tabs[1], useFriendRequests)
  endings.push(stop)
  const request = view.incoming.value.find((one) => one.userId === userId && one.state === 'pending')
  if (!request) throw new Error('the request is gone')
  return { view, request }
}

/** Sends in the first tab; resolves with why it failed, undefined where it left. */
async function say(from: Person, to: Person, text: string): Promise<ChatErrorShape | undefined> {
  const [kit] = from.tabs
  const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: to.id } })
  await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
  await kit.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text }] })
  return vi.waitFor(() => {
    const entries = useTimelineStore(kit.pinia).timelineById.get(id)?.entries() ?? []
    const entry = entries.find(({ message }) => JSON.stringify(message.parts).includes(text))
    const state = entry?.outbox?.state
    if (entry?.outbox && 'error' in entry.outbox) return entry.outbox.error
    if (!entry || (state !== undefined && state !== 'sent')) throw new Error(`it is ${state}`)
    return undefined
  }, patiently)
}

/** What the second tab shows of the conversation with somebody. */
async function reads(person: Person, other: Person): Promise<readonly string[]> {
  const [, kit] = person.tabs
  const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: other.id } })
  await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
  return shownIn(kit).texts(id)
}

describe('A friendship, in two tabs of each of three people', { timeout: 60_000 }, () => {
  it('is asked for, refused, asked for again in its time, made, named, filed, and ended', async () => {
    const { clock, alice, bob, carol } = await threePeople()
    const bobsCard = cardOf(alice.tabs[0], 'bob')

    expect(await bobsCard.ask({ wording: 'It is me', source: 'search' })).toBe('pending')
    await alice.sees(({ requests }) =>
      expect(requests()).toMatchObject([{ userId: 'bob', direction: 'out', state: 'pending' }]),
    )
    await bob.sees(({ unread }) => expect(unread()).toBe(1))
    const first = await requestFrom(bob, 'alice')
    expect(first.request).toMatchObject({ wording: 'It is me', source: 'search' })
    first.view.markRead()
    await bob.sees(({ unread }) => expect(unread()).toBe(0))

    // Nobody answers: a second question has to wait for 7 days, in the other tab as well.
    const early = await refusal(cardOf(alice.tabs[1], 'bob').ask({ wording: 'Well?' }))
    expect(early).toMatchObject({ domain: 'parley', code: 'request-unanswered', kind: 'too-often' })
    expect(early.untilAt! - clock.now()).toBeGreaterThan(6.9 * DAY)
    expect(bobsCard.verdict.value).toMatchObject({ mayAsk: false, because: 'unanswered' })

    await first.view.answer(first.request, { verdict: 'refuse' })
    await alice.sees(({ requests }) => expect(requests()).toMatchObject([{ state: 'refused' }]))
    clock.leap(8 * DAY)
    const refused = await refusal(bobsCard.ask({}))
    expect(refused).toMatchObject({ code: 'request-refused', kind: 'too-often' })
    expect(Math.round((refused.untilAt! - clock.now()) / DAY)).toBe(22)

    clock.leap(23 * DAY)
    expect(await bobsCard.ask({ wording: 'Now?', remark: 'Bobby', folders: ['Trail'] })).toBe('pending')
    const second = await requestFrom(bob, 'alice')
    await second.view.answer(second.request, {
      verdict: 'accept-and-add',
      remark: 'Alice from work',
      folders: ['Work'],
    })
    await bob.sees(({ contact }) =>
      expect(contact('alice')).toEqual({ userId: 'alice', remark: 'Alice from work', folders: ['Work'] }),
    )
    await alice.sees(({ contact, name }) => {
      expect(contact('bob')).toEqual({ userId: 'bob', remark: 'Bobby', folders: ['Trail'] })
      expect(name('bob')).toBe('Bobby')
    })
    await carol.sees(({ requests, contact }) => {
      expect(requests()).toEqual([])
      expect(contact('alice')).toBeUndefined()
    })

    await bobsCard.setRemark('Robert')
    await bobsCard.setFolders(['Family', 'Trail'])
    await alice.sees(({ contact, name }) => {
      expect(name('bob')).toBe('Robert')
      expect(contact('bob')?.folders).toEqual(['Family', 'Trail'])
    })
    await bobsCard.setRemark('')
    await alice.sees(({ contact }) => expect(contact('bob')?.remark).toBeUndefined())
    // What one calls another stays with oneself.
    await bob.sees(({ contact }) => expect(contact('alice')?.remark).toBe('Alice from work'))

    await bobsCard.remove()
    await alice.sees(({ contact }) => expect(contact('bob')).toBeUndefined())
    await bob.sees(({ contact }) => expect(contact('alice')).toBeUndefined())
    // They were friends: nothing keeps one from asking again.
    expect(bobsCard.verdict.value).toEqual({ mayAsk: true })
    expect(await bobsCard.ask({})).toBe('pending')
  })

  it('may be one-sided, and is whole once the other one asks as well', async () => {
    const { alice, bob } = await threePeople()
    await cardOf(alice.tabs[0], 'bob').ask({})
    const { view, request } = await requestFrom(bob, 'alice')
    await view.answer(request, { verdict: 'accept' })
    await alice.sees(({ contact }) => expect(contact('bob')).toBeDefined())
    await bob.sees(({ contact }) => expect(contact('alice')).toBeUndefined())
    expect(await cardOf(bob.tabs[0], 'alice').ask({})).toBe('added')
    await bob.sees(({ contact }) => expect(contact('alice')).toBeDefined())
  })

  it('goes by how somebody wants to be asked (H3)', async () => {
    const { alice, bob, carol } = await threePeople()
    await cardOf(bob.tabs[0], 'bob').saveOwn({ id: 'bob', addMode: 'closed' })
    await cardOf(carol.tabs[0], 'carol').saveOwn({ id: 'carol', addMode: 'free' })
    expect(await refusal(cardOf(alice.tabs[0], 'bob').ask({}))).toMatchObject({ code: 30516 })
    expect(await cardOf(alice.tabs[0], 'carol').ask({})).toBe('added')
    await carol.sees(({ contact }) => expect(contact('alice')).toBeDefined())
  })

  it('is taken back, and the wait goes on', async () => {
    const { alice, bob } = await threePeople()
    await cardOf(alice.tabs[0], 'bob').ask({})
    await requestFrom(bob, 'alice')
    const { view, stop } = runInKit(alice.tabs[1], useFriendRequests)
    endings.push(stop)
    await view.remove(view.outgoing.value[0]!)
    await alice.sees(({ requests }) => expect(requests().filter(({ state }) => state !== 'gone')).toEqual([]))
    await bob.sees(({ requests }) => expect(requests()).toEqual([]))
    expect(await refusal(cardOf(alice.tabs[0], 'bob').ask({}))).toMatchObject({ code: 'request-unanswered' })
  })
})

describe('Somebody who is blocked', { timeout: 60_000 }, () => {
  it('is told that his message failed, and may not ask, until he is let in again', async () => {
    const { alice, bob } = await threePeople({ blocked: 'fails' })
    const alicesCard = cardOf(bob.tabs[0], 'alice')
    expect(await say(alice, bob, 'before')).toBeUndefined()
    await alicesCard.setBlocked(true)
    await bob.sees(({ isBlocked }) => expect(isBlocked('alice')).toBe(true))
    expect(await say(alice, bob, 'while blocked')).toMatchObject({
      domain: 'tencent',
      code: 20007,
      kind: 'blocked',
    })
    expect(await refusal(cardOf(alice.tabs[0], 'bob').ask({}))).toMatchObject({ code: 30525 })
    expect(await refusal(alicesCard.ask({}))).toMatchObject({ code: 30515 })
    await alicesCard.setBlocked(false)
    await bob.sees(({ isBlocked }) => expect(isBlocked('alice')).toBe(false))
    expect(await say(alice, bob, 'after')).toBeUndefined()
    await vi.waitFor(async () => expect(await reads(bob, alice)).toEqual(['before', 'after']), patiently)
  })

  it('sees his message as sent where the service wants it so, and nobody else sees it', async () => {
    const { alice, bob, carol } = await threePeople({ blocked: 'looks-sent' })
    const alicesCard = cardOf(bob.tabs[0], 'alice')
    await alicesCard.setBlocked(true)
    expect(await say(alice, bob, 'into the void')).toBeUndefined()
    expect(await say(carol, bob, 'from somebody else')).toBeUndefined()
    await vi.waitFor(async () => expect(await reads(bob, carol)).toEqual(['from somebody else']), patiently)
    expect(await reads(bob, alice)).toEqual([])
    await alicesCard.setBlocked(false)
    expect(await say(alice, bob, 'after')).toBeUndefined()
    await vi.waitFor(async () => expect(await reads(bob, alice)).toEqual(['after']), patiently)
    expect(await reads(alice, bob)).toEqual(['into the void', 'after'])
  })
})

describe('Where only friends may write to each other', { timeout: 60_000 }, () => {
  it('a message says in which direction the friendship is missing', async () => {
    const { alice, bob } = await threePeople({ isFriendsOnly: true })
    expect(await say(alice, bob, 'stranger')).toMatchObject({ code: 20009, kind: 'not-related' })
    await cardOf(alice.tabs[0], 'bob').ask({})
    const { view, request } = await requestFrom(bob, 'alice')
    await view.answer(request, { verdict: 'accept' })
    await alice.sees(({ contact }) => expect(contact('bob')).toBeDefined())
    expect(await say(alice, bob, 'he has not me')).toMatchObject({ code: 20011, kind: 'not-related' })
    expect(await say(bob, alice, 'I have not her')).toMatchObject({ code: 20010, kind: 'not-related' })
    await cardOf(bob.tabs[0], 'alice').ask({})
    await bob.sees(({ contact }) => expect(contact('alice')).toBeDefined())
    expect(await say(alice, bob, 'friends')).toBeUndefined()
    expect(await say(bob, alice, 'friends too')).toBeUndefined()
  })
})
