import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService, EmbeddedServiceOptions } from '../../../src/transports/embedded'
import { createResilientStorage } from '../../../src/storage'
import { ChatError } from '../../../src/model'
import { SCHEMA } from '../../../src/transports/embedded/storage/storage'
import { createFakeClock } from '../../support/fakeClock'
import { textOf, visit } from './visit'
import type { Visit } from './visit'

const opened: EmbeddedService[] = []
let names = 0

afterEach(() => {
  opened.splice(0).forEach((service) => service.close())
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function open(options: EmbeddedServiceOptions = {}): EmbeddedService {
  const service = createEmbeddedService({
    name: `broken-${(names += 1)}`,
    world: {
      people: ['alice', 'bob'].map((id) => ({ id, name: id })),
      friendships: [],
      groups: [],
      conversations: [],
    },
    ...options,
  })
  opened.push(service)
  return service
}

async function chats(service: EmbeddedService): Promise<void> {
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const { id } = await alice.openWith('bob')
  await alice.say(id, 'works')
  await bob.until(() => expect(bob.received().map(textOf)).toEqual(['works']))
  for (const person of [alice, bob]) expectTold(person)
}

function expectTold(person: Visit): void {
  expect(person.told('storage.degraded')).toMatchObject([
    { error: { domain: 'parley', code: 'storage-memory', cause: expect.anything() } },
  ])
}

describe('A service whose database cannot be opened', () => {
  it.each([
    ['there is none', undefined],
    ['opening throws', { open: refuse }],
    ['opening is refused', { open: () => failingRequest() }],
  ])('goes on in memory when %s', async (_name, indexedDB) => {
    vi.stubGlobal('indexedDB', indexedDB)
    const service = open()
    await chats(service)
    expect(service.storage()).toBe('memory')
  })

  it('goes on in memory when no answer comes, after five seconds', async () => {
    vi.stubGlobal('indexedDB', { open: () => ({}) })
    const clock = createFakeClock()
    const service = open({ clock })
    const alice = visit(service, 'alice')
    await clock.advance(4999)
    expect(service.storage()).toBe('opening')
    await clock.advance(1)
    expectTold(await alice)
    await chats(service)
  })

  it('is not a reason to speak of when memory was asked for', async () => {
    const alice = await visit(open({ storage: 'memory' }), 'alice')
    expect(alice.told('storage.degraded')).toEqual([])
  })
})

describe('A database that another tab claims while it is filled', () => {
  it('leaves everybody in one and the same memory', async () => {
    const name = `broken-${(names += 1)}`
    const claims: IDBOpenDBRequest[] = []
    // The earliest moment at which another tab can want it gone: with the first transaction over it.
    const transaction = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      if (claims.length === 0) claims.push(indexedDB.deleteDatabase(name))
      return transaction.apply(this, args)
    })
    const service = open({ name })
    await chats(service)
    expect(claims).toHaveLength(1)
    expect(service.storage()).toBe('memory')
  })
})

describe('A database that is given up while it is filled', () => {
  it('is not the one in use when the filling ends', async () => {
    const name = `broken-${(names += 1)}`
    let tellDegraded = () => {}
    const degraded = new Promise<void>((resolve) => (tellDegraded = resolve))
    let tellFilled = () => {}
    const filled = new Promise<void>((resolve) => (tellFilled = resolve))
    const storage = createResilientStorage({
      schema: SCHEMA,
      closed: () => new ChatError({ code: 'closed', kind: 'other' }),
      name,
      kind: 'auto',
      clock: createFakeClock(),
      async fill() {
        indexedDB.deleteDatabase(name)
        await degraded
        tellFilled()
      },
      rename: () => Promise.resolve(),
      recognises: () => Promise.resolve(true),
      onDegraded: tellDegraded,
    })
    await filled
    const head = { id: 'log', era: 'e', head: 0, trimmed: 0 } as const
    await storage.write(['heads'], (writing) => writing.put('heads', head))
    expect(await storage.read(['heads'], (reading) => reading.get('heads', 'log'))).toEqual(head)
    expect(storage.kind()).toBe('memory')
    storage.close()
  })
})

describe('A service whose database breaks while it is used', () => {
  async function talking(service: EmbeddedService) {
    const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
    await service.addUser({ id: 'carol', name: 'Carol' })
    const { id } = await alice.openWith('bob')
    const before = await alice.say(id, 'before')
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    return { alice, bob, id, before }
  }

  it('keeps everything when only writing fails', async () => {
    const service = open()
    const { alice, bob, id, before } = await talking(service)
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const after = await alice.say(id, 'after')
    await bob.until(() => expect(bob.received().map(textOf)).toEqual(['before', 'after']))
    const { messages } = await bob.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(messages).toEqual([before, after])
    // After a reload the database will give this number to another message.
    expect(after.keys[0]).toMatch(/~.*:2$/)
    for (const person of [alice, bob]) expectTold(person)
    expectTold(await visit(service, 'carol'))
    expect(alice.transport.session()).toMatchObject({ state: 'online', hasContinuity: false })
    expect(alice.told('session.changed')).toHaveLength(2)
    expect(service.storage()).toBe('memory')
  })

  it('begins anew when nothing can be read any more, and everybody stays', async () => {
    const service = open()
    const { alice, bob, id } = await talking(service)
    vi.spyOn(IDBTransaction.prototype, 'objectStore').mockImplementation(() => {
      throw new DOMException('closing', 'InvalidStateError')
    })
    const after = await alice.say(id, 'after')
    expect(after.order).toEqual({ major: 1 })
    await bob.until(() =>
      expect(bob.told('session.changed').at(-1)).toMatchObject({ session: { hasContinuity: false } }),
    )
    await alice.say(id, 'and on')
    await bob.until(() => expect(textOf(bob.received().at(-1))).toBe('and on'))
    for (const person of [alice, bob]) expectTold(person)
    expect((await alice.transport.profiles!.fetch(['carol'])).found).toEqual([{ id: 'carol', name: 'Carol' }])
  })

  it('makes a connection again that the browser has cut, and nobody notices', async () => {
    const databases: IDBDatabase[] = []
    const openDatabase = IDBFactory.prototype.open
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...args) {
      const request = openDatabase.apply(this, args)
      request.addEventListener('success', () => databases.push(request.result))
      return request
    })
    const service = open()
    const { alice, bob, id } = await talking(service)
    databases.forEach((database) => {
      database.close()
      database.onclose?.(new Event('close'))
    })
    await alice.say(id, 'after')
    await bob.until(() => expect(bob.received().map(textOf)).toEqual(['before', 'after']))
    expect(service.storage()).toBe('indexeddb')
    expect(alice.told('storage.degraded')).toEqual([])
    expect(bob.transport.session()).toMatchObject({ state: 'online' })
    expect(bob.told('session.changed')).toHaveLength(2)
  })

  it('saves what is there when another tab deletes the database', async () => {
    const service = open()
    const { alice, id } = await talking(service)
    await new Promise((resolve, reject) => {
      const deletion = indexedDB.deleteDatabase(service.name)
      deletion.onsuccess = resolve
      deletion.onerror = reject
    })
    await alice.until(() => expectTold(alice))
    await alice.say(id, 'still here')
    const { messages } = await alice.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(messages.map(textOf)).toEqual(['before', 'still here'])
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(service.name)
  })
})

function refuse(): never {
  throw new DOMException('private', 'SecurityError')
}

function failingRequest(): object {
  const request: { onerror?: (event: object) => void; error: DOMException } = {
    error: new DOMException('corrupt', 'InvalidStateError'),
  }
  queueMicrotask(() => request.onerror?.({ target: request, preventDefault() {}, stopPropagation() {} }))
  return request
}
