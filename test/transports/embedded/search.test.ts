import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Message, SearchQuery } from '../../../src/model'
import { closeServices, twoPeople } from './twoPeople'
import { textOf, visit } from './visit'
import type { Visit } from './visit'

afterEach(closeServices)

async function talk() {
  const service = await twoPeople()
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const { id } = await alice.openWith('bob')
  return { alice, bob, id }
}

/** Every page there is. */
async function pagesOf({ transport }: Visit, query: SearchQuery) {
  const pages: (readonly Message[])[] = []
  let cursor: string | undefined
  do {
    const page = await transport.messages.search!({ ...query, ...(cursor !== undefined && { cursor }) })
    pages.push(page.items.flatMap(({ messages }) => messages))
    cursor = page.next
  } while (cursor !== undefined)
  return pages
}

async function found(visitor: Visit, query: SearchQuery): Promise<readonly string[]> {
  return (await pagesOf(visitor, query)).flat().map((message) => textOf(message) ?? '')
}

describe('Searching at the service', () => {
  it('finds words whatever their case, accents and width, the newest first', async () => {
    const { alice, bob, id } = await talk()
    for (const text of ['Café Ａurora', 'nothing', '明天去咖啡馆', 'the CAFE again'])
      await alice.say(id, text)
    expect(await found(bob, { text: 'cafe', conversationId: id })).toEqual(['the CAFE again', 'Café Ａurora'])
    expect(await found(bob, { text: '咖啡', conversationId: id })).toEqual(['明天去咖啡馆'])
    expect(await found(bob, { text: 'aurora' })).toEqual(['Café Ａurora'])
  })

  it('asks who wrote it, on which day, and what kind it is', async () => {
    const { alice, bob, id } = await talk()
    const first = await alice.say(id, 'tea at five')
    const second = await bob.say(id, 'tea at six')
    await alice.say(id, '', { parts: [{ kind: 'face', key: 'tea' }] })
    const inside = { text: 'tea', conversationId: id }
    expect(await found(alice, { ...inside, senderIds: ['bob'] })).toEqual(['tea at six'])
    expect(await found(alice, { ...inside, toAt: first.sentAt })).toContain('tea at five')
    expect(await found(alice, { ...inside, fromAt: second.sentAt + 1 })).toEqual([])
    expect(await found(alice, { ...inside, fromAt: first.sentAt, toAt: second.sentAt })).toHaveLength(2)
    const faces = await pagesOf(alice, { text: '', conversationId: id, kinds: ['face'] })
    expect(faces.flat().map(({ parts: [part] }) => part?.kind)).toEqual(['face'])
  })

  it('gives long lists in pages that repeat nothing and skip nothing', async () => {
    const { alice, id } = await talk()
    const said = Array.from({ length: 230 }, (_, index) => `line ${index}`)
    for (const text of said) await alice.say(id, text)
    const pages = await pagesOf(alice, { text: 'line', conversationId: id })
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.flat().map(textOf)).toEqual([...said].reverse())
  })

  it('shows nobody what he cannot see', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'a needle')
    const recalled = await alice.say(id, 'another needle')
    await alice.say(id, 'a burning needle', { burnAfterMs: 1_000 })
    await bob.transport.messages.deleteForMe!([sent])
    await alice.transport.messages.recall!(recalled)
    expect(await found(bob, { text: 'needle' })).toEqual([])
    expect(await found(alice, { text: 'needle' })).toEqual(['a needle'])
    await expect(bob.transport.messages.search!({ text: 'x', conversationId: 'strange' })).rejects.toThrow()
  })

  it('counts what each conversation holds where all are looked through', async () => {
    const { alice, id } = await talk()
    for (let index = 0; index < 25; index++) await alice.say(id, `tea ${index}`)
    const { items } = await alice.transport.messages.search!({ text: 'tea' })
    expect(items).toMatchObject([{ conversationId: id, count: 25 }])
    expect(items[0]?.messages).toHaveLength(20)
  })

  it('refuses what is no query', async () => {
    const { alice, id } = await talk()
    const search = alice.transport.messages.search as (query: unknown) => Promise<unknown>
    for (const bad of [
      undefined,
      {},
      { text: 7 },
      { text: '', senderIds: 'bob' },
      { text: '', fromAt: 'now' },
    ]) {
      await expect(search(bad)).rejects.toMatchObject({ kind: 'invalid' })
    }
    await expect(search({ text: 'x', conversationId: id, cursor: 'old' })).rejects.toMatchObject({
      kind: 'cursor-expired',
    })
  })
})
