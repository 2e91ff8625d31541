import { describe, expect, it } from 'vitest'
import { createEmbeddedService } from '../../../src/transports/embedded'
import { readHead, requireHead, withChange } from '../../../src/transports/embedded/log'
import { createMemoryStorage } from '../../../src/storage'
import { SCHEMA, StorageFailure } from '../../../src/transports/embedded/storage/storage'
import { visit } from './visit'

describe('The log', () => {
  const tables = ['heads', 'log'] as const

  it('keeps the newest ten thousand entries and a little more', async () => {
    const storage = createMemoryStorage(SCHEMA)
    await storage.write(tables, (writing) =>
      writing.put('heads', { id: 'log', era: 'e', head: 0, trimmed: 0 }),
    )
    const tell = (count: number) =>
      storage.write(tables, (writing) =>
        withChange(writing, 0, async (change) => {
          for (let i = 0; i < count; i += 1) change.tell({}, { kind: 'group', groupId: 'g' })
        }),
      )
    await tell(10_500)
    expect(await storage.read(tables, (reading) => reading.count('log', {}))).toBe(10_500)
    await tell(1)
    expect(await storage.read(tables, readHead)).toEqual({ id: 'log', era: 'e', head: 10_501, trimmed: 501 })
    const [oldest] = await storage.read(tables, (reading) => reading.range('log', { limit: 1 }))
    expect(oldest?.position).toBe(502)
  })

  it('that is not there is a broken storage', async () => {
    await expect(createMemoryStorage(SCHEMA).read(tables, requireHead)).rejects.toBeInstanceOf(StorageFailure)
  })

  it('promises nothing to whoever was away for longer than it remembers', async () => {
    const service = createEmbeddedService({ storage: 'memory' })
    await service.addUser({ id: 'alice' })
    await service.addUser({ id: 'bob' })
    const before = await visit(service, 'bob')
    await before.transport.disconnect()
    const alice = await visit(service, 'alice')
    for (let i = 0; i <= 10_500; i += 1)
      await alice.transport.profiles!.updateOwn!({ id: 'alice', name: `${i}` })
    const bob = await visit(service, 'bob', before.checkpoint())
    expect(bob.transport.session()).toEqual({ state: 'online', isCatchingUp: false, hasContinuity: false })
    service.close()
  })
})
