import { expect, it } from 'vitest'
import { createMemoryStorage } from '../../../src/storage'
import type { Engine } from '../../../src/transports/embedded/engine'
import { createKnowledge } from '../../../src/transports/embedded/knowledge'
import { SCHEMA } from '../../../src/transports/embedded/storage/storage'
import { createTail } from '../../../src/transports/embedded/tail'

it('tells what it read when the database broke, once it has read it again', async () => {
  const storage = createMemoryStorage(SCHEMA)
  const head = { id: 'log', era: 'e', head: 0, trimmed: 0 } as const
  await storage.write(['heads'], (writing) => writing.put('heads', head))
  const read: Engine['read'] = async (work) => {
    // What a database could not bring to its end is done once more.
    await storage.read(['heads', 'log'], work)
    return storage.read(['heads', 'log'], work)
  }
  const told: string[] = []
  const tail = createTail({
    engine: { read } as Engine,
    knowledge: createKnowledge(),
    userId: 'alice',
    emit: () => {},
    onStanding: (ops) => told.push(...ops.map(({ what }) => what)),
    onDiscontinuity: () => told.push('discontinuity'),
  })
  await tail.start('e:0')
  await storage.write(['heads', 'log'], async (writing) => {
    const op = { kind: 'standing', userId: 'alice', what: 'kicked' } as const
    await writing.put('log', { position: 1, audience: { userIds: ['alice'] }, op })
    await writing.put('heads', { ...head, head: 1 })
  })
  await tail.pull()
  expect(told).toEqual(['kicked'])
  expect(tail.checkpoint()).toBe('e:1')
})
