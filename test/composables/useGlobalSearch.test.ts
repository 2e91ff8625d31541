import { afterEach, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import { useGlobalSearch } from '../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }

it('looks for words that are there from the first moment, as pasted ones are', async () => {
  const service = createEmbeddedService({ name: 'use-global-search', storage: 'memory' })
  endings.push(() => service.close())
  for (const [id, name] of [
    ['alice', 'Alice'],
    ['bob', 'Bob Tanaka'],
    ['dan', 'Dan Kowalski'],
  ] as const) {
    await service.addUser({ id, name })
  }
  const kit = createChatKit({
    transport: createEmbeddedTransport({ service }),
    userId: 'alice',
    cache: 'memory',
  })
  endings.push(kit.dispose)
  await kit.online()
  const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  await kit.dispatch({
    type: 'sendMessage',
    conversationId: id,
    parts: [{ kind: 'text', text: 'Kowalski has the key' }],
  })

  const { view, stop } = runInKit(kit, () => useGlobalSearch(() => 'Kowalski'))
  endings.push(stop)
  expect(view.isSearching.value).toBe(true)
  await vi.waitFor(() => expect(view.isSearching.value).toBe(false), patience)
  expect(view.userIds.value).toEqual(['dan'])
  expect(view.hits.value.map(({ conversationId }) => conversationId)).toEqual([id])
})

it('says that only this machine was searched, also where nothing was found', async () => {
  const service = createEmbeddedService({ name: 'use-global-search-here', storage: 'memory' })
  endings.push(() => service.close())
  await service.addUser({ id: 'alice', name: 'Alice' })
  const transport = createEmbeddedTransport({ service })
  const { search: _search, ...messages } = transport.messages
  const kit = createChatKit({ transport: { ...transport, messages }, userId: 'alice', cache: 'memory' })
  endings.push(kit.dispose)
  await kit.online()
  const { view, stop } = runInKit(kit, () => useGlobalSearch(() => 'unheard of'))
  endings.push(stop)
  await vi.waitFor(() => expect(view.isSearching.value).toBe(false), patience)
  expect(view.hits.value).toEqual([])
  expect(view.isOnlyHere.value).toBe(true)
})
