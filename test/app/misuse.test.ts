import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit, ChatKitOptions } from '../../src/app'
import { createEmbeddedTransport } from '../../src/transports/embedded'
import { createXmppTransport } from '../../src/transports/xmpp'
import { createScriptedTransport } from '../support/scriptedTransport'

const kits: ChatKit[] = []
afterEach(async () => {
  await Promise.all(kits.splice(0).map((kit) => kit.dispose()))
})
function make(options: unknown): ChatKit {
  const kit = createChatKit(options as ChatKitOptions)
  kits.push(kit)
  return kit
}
const usual = () => ({
  transport: createScriptedTransport().transport,
  userId: 'alice',
  cache: 'memory' as const,
})

describe('A kit that is made wrongly', () => {
  it.each([
    ['nothing', undefined, /`transport` is missing/],
    ['no transport', { userId: 'alice' }, /`transport` is missing/],
    ['no user', { ...usual(), userId: undefined }, /`userId` is missing/],
    ['the name of a language', { ...usual(), locale: 'zh-CN' }, /`locale` must be a locale/],
    ['a cache that nobody knows', { ...usual(), cache: 'none' }, /`cache` must be 'auto', 'memory'/],
    ['no cache', { ...usual(), cache: null }, /`cache` must be/],
    ['a level that nobody knows', { ...usual(), logger: 'loud' }, /`logger` must be 'silent', 'error'/],
    ['no logger', { ...usual(), logger: {} }, /`logger` must be/],
    [
      'words instead of a look at them',
      { ...usual(), screenText: 'darn' },
      /`screenText` must be a function/,
    ],
    ['one notice instead of a list', { ...usual(), hiddenNotices: 'left' }, /`hiddenNotices` must be a list/],
    ['a page of nothing', { ...usual(), historyPageSize: 0 }, /`historyPageSize` must be/],
  ])('of %s says what it lacks', (_, options, words) => {
    expect(() => make(options)).toThrow(words)
  })

  it('takes no transport and no Pinia of another kit, until that one has ended', async () => {
    const [options, pinia] = [usual(), createPinia()]
    const first = make({ ...options, pinia })
    expect(() => make(options)).toThrow(/transport already belongs to a kit/)
    expect(() => make({ ...usual(), pinia })).toThrow(/Pinia already holds a kit/)
    await first.dispose()
    expect(make({ ...options, pinia }).userId).toBe('alice')
  })
})

describe('A transport that is made wrongly', () => {
  it('says what it lacks', () => {
    expect(() => createEmbeddedTransport(undefined as never)).toThrow(/`service` must come from/)
    expect(() => createXmppTransport({} as never)).toThrow(/is no address of a WebSocket/)
    const bosh = { service: 'https://chat.example/ws', domain: 'chat.example' }
    expect(() => createXmppTransport(bosh)).toThrow(/is no address of a WebSocket/)
    expect(() => createXmppTransport({ service: 'wss://chat.example/ws', domain: '' })).toThrow(
      /is no domain/,
    )
    const place = { service: 'wss://chat.example/ws', domain: 'chat.example' }
    for (const stanzaBytes of [0, -1, NaN]) {
      expect(() => createXmppTransport({ ...place, stanzaBytes })).toThrow(/is no number of bytes/)
    }
  })
})
