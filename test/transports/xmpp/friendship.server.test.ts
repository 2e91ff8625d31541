import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { useContacts, useFriendRequests, useProfileCard } from '../../../src/composables'
import { useContactStore, useTimelineStore } from '../../../src/stores'
import { runInKit } from '../../support/runInKit'
import { openXmppKit, textOf } from '../../support/xmppKit'
import type { XmppKit } from '../../support/xmppKit'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const patiently = { timeout: 20_000, interval: 100 }

/** A person with a kit, and what a screen would show there. */
function onScreen(person: XmppKit) {
  const use = <View>(composable: () => View) => runInKit(person.kit, composable).view
  return {
    ...person,
    contacts: use(useContacts),
    requests: use(useFriendRequests),
    card: (userId: string) => use(() => useProfileCard(userId)),
    friends: () => [...useContactStore(person.kit.pinia).byId.values()],
  }
}

describe.each(xmppServerNames)('a friendship between kits on %s', { timeout: 120_000 }, (name) => {
  let server: XmppServer
  const kits: XmppKit[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob')
  })
  afterEach(async () => {
    await Promise.all(kits.splice(0).map((kit) => kit.dispose()))
  })
  afterAll(() => server.close())

  async function open(who: string) {
    const person = openXmppKit(server, who)
    kits.push(person)
    const shown = onScreen(person)
    await person.kit.online()
    await vi.waitFor(() => expect(shown.contacts.state.value).toBe('ready'), patiently)
    return shown
  }

  it('begins while the other one is away, in words, and is accepted, used, blocked and ended', async () => {
    const alice = await open('alice')
    const bobId = `bob@${server.domain}`
    const bobsCard = alice.card(bobId)
    expect(bobsCard.can.value).toMatchObject({ ask: true, update: true, remove: true, block: true })
    expect(await bobsCard.ask({ wording: 'It is me & <you>, 你好', remark: 'Bobby' })).toBe('pending')
    await vi.waitFor(
      () => expect(alice.requests.outgoing.value).toMatchObject([{ userId: bobId, state: 'pending' }]),
      patiently,
    )

    const bob = await open('bob')
    await vi.waitFor(() => expect(bob.requests.unreadCount.value).toBe(1), patiently)
    const [request] = bob.requests.incoming.value
    expect(request).toMatchObject({ userId: alice.userId, wording: 'It is me & <you>, 你好' })
    await bob.requests.answer(request!, { verdict: 'accept-and-add', remark: 'Ally', folders: ['Trail'] })
    await vi.waitFor(() => {
      expect(alice.friends()).toEqual([{ userId: bobId, remark: 'Bobby' }])
      expect(bob.friends()).toEqual([{ userId: alice.userId, remark: 'Ally', folders: ['Trail'] }])
      expect(bob.requests.unreadCount.value).toBe(0)
    }, patiently)

    await bobsCard.setRemark('Robert')
    await bobsCard.setFolders(['Work'])
    await vi.waitFor(
      () => expect(alice.friends()).toEqual([{ userId: bobId, remark: 'Robert', folders: ['Work'] }]),
      patiently,
    )
    expect(bobsCard.shown.value.name).toBe('Robert')

    const conversationId = await bobsCard.openConversation()
    await alice.write(conversationId, 'before')
    const bobsId = await bob.card(alice.userId).openConversation()
    await bob.kit.dispatch({ type: 'loadHistory', conversationId: bobsId, direction: 'newest' })
    await vi.waitFor(() => expect(bob.messages(bobsId).map(textOf)).toContain('before'), patiently)

    const alicesCard = bob.card(alice.userId)
    await alicesCard.setBlocked(true)
    await vi.waitFor(() => expect(alicesCard.isBlocked.value).toBe(true), patiently)
    await alice.write(conversationId, 'while blocked')
    // It must have left, or been sent back, before she is let in again.
    await vi.waitFor(
      () => expect(alice.waiting().filter(({ state }) => state !== 'failed')).toEqual([]),
      patiently,
    )
    await alicesCard.setBlocked(false)
    await vi.waitFor(() => expect(alicesCard.isBlocked.value).toBe(false), patiently)
    await alice.write(conversationId, 'after')
    await vi.waitFor(() => {
      const texts = bob.messages(bobsId).map(textOf)
      expect(texts).toContain('after')
      expect(texts).not.toContain('while blocked')
    }, patiently)

    await bobsCard.remove()
    await vi.waitFor(() => {
      expect(alice.friends()).toEqual([])
      expect(bobsCard.contact.value).toBeUndefined()
    }, patiently)
    // What was said stays.
    expect(useTimelineStore(alice.kit.pinia).timelineById.get(conversationId)).toBeDefined()
  })
})
