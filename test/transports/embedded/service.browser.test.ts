import { afterEach, describe, expect, it } from 'vitest'
import type { RemoteFile } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { outgoing, textOf, visit } from './visit'

const NAME = 'parley-browser-test'
const opened: EmbeddedService[] = []

afterEach(async () => {
  opened.splice(0).forEach((service) => service.close())
  await deleted(NAME)
})

function open(): EmbeddedService {
  const service = createEmbeddedService({ name: NAME })
  opened.push(service)
  return service
}

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

async function talk() {
  const [here, there] = [open(), open()]
  await here.addUser({ id: 'alice', name: 'Alice' })
  await there.addUser({ id: 'bob', name: 'Bob' })
  const [alice, bob] = [await visit(here, 'alice'), await visit(there, 'bob')]
  const { id } = await alice.openWith('bob')
  return { here, there, alice, bob, id }
}

describe('Two services over one real database', () => {
  it('are two people, and what they said is still there for a third service', async () => {
    const { alice, bob, id } = await talk()
    const sent = await Promise.all(['1', '2', '3'].map((text) => alice.say(id, text)))
    await bob.until(() => expect(bob.received().map(textOf).sort()).toEqual(['1', '2', '3']))
    await bob.say(id, 'four')
    await alice.until(() => expect(textOf(alice.received().at(-1))).toBe('four'))
    opened.splice(0).forEach((service) => service.close())
    const later = open()
    const back = await visit(later, 'alice')
    expect(later.storage()).toBe('indexeddb')
    const request = { conversationId: id, from: 'newest', direction: 'older', count: 20 } as const
    const { messages } = await back.transport.messages.history(request)
    expect(messages).toHaveLength(4)
    expect(messages).toEqual(expect.arrayContaining(sent))
  })

  it('share files through the database', async () => {
    const { alice, bob, id } = await talk()
    const value = new File(['<svg onload="alert(1)"/>'], 'a.svg', { type: 'image/svg+xml' })
    const file = {
      at: 'local',
      source: 'blob',
      value,
      name: 'a.svg',
      bytes: value.size,
      mime: value.type,
    } as const
    const message = outgoing(id, '', { parts: [{ kind: 'file', file }] })
    await alice.transport.messages.send(message).result
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    const part = bob.received()[0]?.parts[0] as { readonly file: RemoteFile }
    const resolved = await bob.transport.files!.resolve!(part.file)
    const blob = await (await fetch(resolved.url!)).blob()
    expect(blob.type).toBe('application/octet-stream')
    expect(await blob.text()).toBe(await value.text())
  })

  it('go on in memory, each with what was there, when the database is deleted', async () => {
    const { here, there, alice, bob, id } = await talk()
    await alice.say(id, 'before')
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    await deleted(NAME)
    for (const person of [alice, bob]) {
      await person.until(() => expect(person.told('storage.degraded')).toHaveLength(1))
      await person.say(id, 'after')
    }
    expect([here.storage(), there.storage()]).toEqual(['memory', 'memory'])
    expect((await bob.transport.conversations.list()).items).toMatchObject([
      { last: { order: { major: 2 } } },
    ])
  })
})
