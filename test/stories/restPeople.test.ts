import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import {
  useContacts,
  useFriendRequests,
  useProfile,
  useProfileCard,
  useUserSearch,
} from '../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import { restPeople } from '../../stories/examples/restPeople'
import { createRestService } from '../../stories/examples/restServer'
import { runInKit } from '../support/runInKit'

const patiently = { timeout: 8_000 }
const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** The example's service on a port of this machine, as an app's own server would be. */
async function serve(): Promise<string> {
  const rest = createRestService([
    { id: 'alice', name: 'Alice of the shop' },
    { id: 'bob', name: 'Bob of the shop' },
  ])
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = 'GET', url = '/', headers } = incoming
      const body = Buffer.concat(chunks).toString()
      const request = new Request(`http://127.0.0.1${url}`, {
        method,
        headers: { 'x-user': String(headers['x-user'] ?? '') },
        ...(body !== '' && { body }),
      })
      void rest.handle(request).then(async (response) => {
        outgoing.writeHead(response.status, { 'content-type': 'application/json' })
        outgoing.end(await response.text())
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function twoPeople() {
  const baseUrl = await serve()
  const service = createEmbeddedService({ name: 'rest-people', storage: 'memory' })
  endings.push(() => service.close())
  for (const id of ['alice', 'bob']) await service.addUser({ id, name: 'of the chat backend' })
  await service.befriend('alice', 'bob')
  const person = async (userId: string) => {
    const kit = createChatKit({
      transport: createEmbeddedTransport({ service }),
      userId,
      cache: 'memory',
      ...restPeople({ baseUrl, userId, pollMs: 50 }),
    })
    endings.push(() => kit.dispose())
    const use = <View>(composable: () => View): View => {
      const { view, stop } = runInKit(kit, composable)
      endings.push(stop)
      return view
    }
    await kit.online()
    return { kit, use, contacts: use(useContacts), requests: use(useFriendRequests) }
  }
  return { alice: await person('alice'), bob: await person('bob') }
}

describe('people that an app keeps behind a REST service', () => {
  it('are found, asked, accepted, named, blocked and removed there, and chat goes on over its own backend', async () => {
    const { alice, bob } = await twoPeople()
    await vi.waitFor(() => expect(alice.contacts.state.value).toBe('ready'), patiently)
    // Friends at the chat backend are none here: relations have one owner.
    expect(alice.contacts.contacts.value).toEqual([])
    const search = alice.use(useUserSearch)
    await search.search('shop')
    expect(search.foundIds.value).toEqual(['bob'])
    const bobsCard = alice.use(() => useProfileCard('bob'))
    expect(await bobsCard.ask({ wording: 'Tea?', source: 'search' })).toBe('pending')
    await expect(bobsCard.ask({})).rejects.toMatchObject({ code: 'request-unanswered', kind: 'too-often' })

    await vi.waitFor(() => expect(bob.requests.unreadCount.value).toBe(1), patiently)
    const [request] = bob.requests.incoming.value
    expect(request).toMatchObject({ userId: 'alice', wording: 'Tea?', source: 'search' })
    await bob.requests.answer(request!, { verdict: 'accept-and-add', remark: 'Tea lady' })
    await vi.waitFor(() => {
      expect(alice.contacts.contacts.value).toEqual([{ userId: 'bob' }])
      expect(bob.contacts.contacts.value).toEqual([{ userId: 'alice', remark: 'Tea lady' }])
      expect(alice.requests.outgoing.value).toMatchObject([{ state: 'accepted' }])
    }, patiently)
    const name = bob.use(() => useProfile('alice'))
    expect(name.value.name).toBe('Tea lady')
    await vi.waitFor(() => expect(bobsCard.shown.value.name).toBe('Bob of the shop'), patiently)

    await bobsCard.setFolders(['Tea'])
    await vi.waitFor(() => expect(alice.contacts.folders.value).toEqual(['Tea']), patiently)
    await bobsCard.setBlocked(true)
    await vi.waitFor(() => expect(alice.contacts.blockedIds.value).toEqual(['bob']), patiently)
    await bobsCard.remove()
    await vi.waitFor(() => expect(bob.contacts.contacts.value).toEqual([]), patiently)

    const conversationId = await bobsCard.openConversation()
    const rowKey = await alice.kit.dispatch({
      type: 'sendMessage',
      conversationId,
      parts: [{ kind: 'text', text: 'still here' }],
    })
    expect(rowKey).not.toBe('')
  })
})
