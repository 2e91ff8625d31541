import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  compareKeys,
  createMemoryStorage,
  openDexieStorage,
  startingWith,
  StorageFailure,
} from '../../src/storage'
import type { Key, Schema, Storage } from '../../src/storage'
import { createFakeClock } from '../support/fakeClock'

interface LogRow {
  readonly position: number
  readonly audience: object
  readonly op: { readonly kind: string; readonly userId?: string; readonly groupId?: string }
}
interface MessageKeyRow {
  readonly conversationId: string
  readonly key: string
  readonly seq: number
}
interface QueueRow {
  readonly number?: number
  readonly word: string
}
interface Rows {
  readonly log: LogRow
  readonly messageKeys: MessageKeyRow
  readonly queue: QueueRow
}
const SCHEMA: Schema<Rows> = [
  {
    version: 1,
    tables: { log: ['position'], messageKeys: ['conversationId', 'key'], queue: ['++number'] },
  },
]

let names = 0
const kinds: readonly [string, () => Promise<Storage<Rows>>][] = [
  ['in memory', async () => createMemoryStorage(SCHEMA)],
  [
    'in IndexedDB',
    () => openDexieStorage(SCHEMA, `storage-${(names += 1)}`, createFakeClock(), 1000, () => undefined),
  ],
]

describe.each(kinds)('A storage %s', (_name, open) => {
  let storage: Storage<Rows>

  beforeEach(async () => {
    storage = await open()
  })
  afterEach(() => storage.close())

  const entry = (position: number): LogRow => ({
    position,
    audience: {},
    op: { kind: 'profile', userId: `${position}` },
  })
  const keyRow = (conversationId: string, key: string, seq = 0): MessageKeyRow => ({
    conversationId,
    key,
    seq,
  })
  const positions = () =>
    storage.read(['log'], async (reading) => (await reading.range('log', {})).map((row) => row.position))
  const putLog = (...wanted: readonly number[]) =>
    storage.write(['log'], (writing) => writing.putMany('log', wanted.map(entry)))

  it('gives back what was put, under its key', async () => {
    await putLog(3, 1, 2)
    await storage.read(['log'], async (reading) => {
      expect(await reading.get('log', 2)).toEqual(entry(2))
      expect(await reading.get('log', 4)).toBeUndefined()
      expect(await reading.getMany('log', [3, 9, 1, 3])).toEqual([entry(3), undefined, entry(1), entry(3)])
    })
  })

  it('replaces a row of the same key', async () => {
    await storage.write(['messageKeys'], async (writing) => {
      await writing.put('messageKeys', keyRow('c', 'k', 1))
      await writing.put('messageKeys', keyRow('c', 'k', 2))
      await writing.putMany('messageKeys', [keyRow('c', 'k', 3), keyRow('c', 'k', 4)])
      expect(await writing.get('messageKeys', ['c', 'k'])).toEqual(keyRow('c', 'k', 4))
      expect(await writing.count('messageKeys', {})).toBe(1)
    })
  })

  it('keeps the last of many rows with one key', async () => {
    const rows = Array.from({ length: 100 }, (_n, i) => keyRow('c', `${i % 10}`, i))
    await storage.write(['messageKeys'], (writing) => writing.putMany('messageKeys', rows))
    const kept = await storage.read(['messageKeys'], (reading) => reading.range('messageKeys', {}))
    expect(kept.map((row) => row.seq)).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
  })

  it('lists ranges with both ends, in either direction, up to a limit', async () => {
    await putLog(...Array.from({ length: 50 }, (_n, i) => i + 1))
    await storage.read(['log'], async (reading) => {
      const list = async (range: Parameters<typeof reading.range>[1]) =>
        (await reading.range('log', range)).map((row) => row.position)
      expect(await list({ from: 5, to: 8 })).toEqual([5, 6, 7, 8])
      expect(await list({ from: 5, to: 8, isReverse: true })).toEqual([8, 7, 6, 5])
      expect(await list({ from: 5, to: 8, isReverse: true, limit: 2 })).toEqual([8, 7])
      expect(await list({ from: 5, limit: 2 })).toEqual([5, 6])
      expect(await list({ to: 3 })).toEqual([1, 2, 3])
      expect(await list({ limit: 0 })).toEqual([])
      expect(await list({ from: 9, to: 7 })).toEqual([])
      expect(await reading.count('log', { from: 10, to: 19 })).toBe(10)
      expect(await reading.count('log', {})).toBe(50)
    })
  })

  it('finds everything that begins with the same fields and nothing else', async () => {
    const rows = ['a', 'aa', 'b', 'a\uffff'].flatMap((id) =>
      ['', 'x', '\uffff'].map((key) => keyRow(id, key)),
    )
    await storage.write(['messageKeys'], (writing) => writing.putMany('messageKeys', rows))
    const found = await storage.read(['messageKeys'], (reading) =>
      reading.range('messageKeys', startingWith('a')),
    )
    expect(found).toEqual([keyRow('a', ''), keyRow('a', 'x'), keyRow('a', '\uffff')])
  })

  it('deletes one row and a range of rows', async () => {
    await putLog(1, 2, 3, 4, 5, 6)
    await storage.write(['log'], async (writing) => {
      await writing.delete('log', 2)
      await writing.delete('log', 99)
      await writing.deleteRange('log', { from: 4, to: 5 })
    })
    expect(await positions()).toEqual([1, 3, 6])
  })

  it('keeps nothing of work that throws, and throws the same', async () => {
    await putLog(1, 2, 3)
    const wrong = new Error('no')
    const failing = storage.write(['log', 'messageKeys'], async (writing) => {
      await writing.put('log', { ...entry(1), op: { kind: 'group', groupId: 'g' } })
      await writing.putMany(
        'log',
        Array.from({ length: 40 }, (_n, i) => entry(i + 10)),
      )
      await writing.delete('log', 2)
      await writing.deleteRange('log', { from: 3, to: 20 })
      await writing.put('log', entry(7))
      await writing.put('messageKeys', keyRow('c', 'k'))
      throw wrong
    })
    await expect(failing).rejects.toBe(wrong)
    const [log, keys] = await storage.read(['log', 'messageKeys'], async (reading) => [
      await reading.range('log', {}),
      await reading.range('messageKeys', {}),
    ])
    expect(log).toEqual([entry(1), entry(2), entry(3)])
    expect(keys).toEqual([])
  })

  it('stays in one transaction however much is thought over between two questions', async () => {
    const think = async () => {}
    const thinkItOver = async () => {
      for (let turn = 0; turn < 500; turn++) await think()
    }
    const wrong = new Error('no')
    const failing = storage.write(['log'], async (writing) => {
      await writing.put('log', entry(1))
      await thinkItOver()
      await writing.put('log', entry(2))
      await thinkItOver()
      throw wrong
    })
    await expect(failing).rejects.toBe(wrong)
    expect(await positions()).toEqual([])
    const read = await storage.read(['log'], async (reading) => {
      await thinkItOver()
      const first = await reading.range('log', {})
      await thinkItOver()
      return [first, await reading.range('log', {})]
    })
    expect(read).toEqual([[], []])
  })

  it('does writes one after the other', async () => {
    const row = (seq: number) => keyRow('c', 'counter', seq)
    await storage.write(['messageKeys'], (writing) => writing.put('messageKeys', row(0)))
    await Promise.all(
      Array.from({ length: 25 }, () =>
        storage.write(['messageKeys'], async (writing) => {
          const now = await writing.get('messageKeys', ['c', 'counter'])
          await writing.put('messageKeys', row((now?.seq ?? 0) + 1))
        }),
      ),
    )
    const end = await storage.read(['messageKeys'], (reading) => reading.get('messageKeys', ['c', 'counter']))
    expect(end?.seq).toBe(25)
  })

  it('counts up the keys of rows that come without, and gives no number twice', async () => {
    const words = () => storage.read(['queue'], (reading) => reading.range('queue', {}))
    await storage.writeNow([
      { table: 'queue', put: { word: 'a' } },
      { table: 'queue', put: { word: 'b' } },
    ])
    await storage.writeNow([{ table: 'queue', delete: 2 }])
    await storage.write(['queue'], (writing) => writing.put('queue', { word: 'c' }))
    expect(await words()).toEqual([
      { number: 1, word: 'a' },
      { number: 3, word: 'c' },
    ])
  })

  it('puts rows of many places in among many, and finds each', async () => {
    const order = Array.from({ length: 3000 }, (_n, i) => (i * 1201) % 3000)
    await putLog(...order)
    await storage.write(['log'], (writing) => writing.deleteRange('log', { from: 700, to: 2100 }))
    const left = await positions()
    expect(left).toEqual([
      ...Array.from({ length: 700 }, (_n, i) => i),
      ...Array.from({ length: 899 }, (_n, i) => i + 2101),
    ])
    await storage.read(['log'], async (reading) => {
      expect(await reading.count('log', { from: 500, to: 2200 })).toBe(300)
      const down = await reading.range('log', { from: 600, to: 2110, isReverse: true, limit: 12 })
      expect(down.map(({ position }) => position)).toEqual([
        2110, 2109, 2108, 2107, 2106, 2105, 2104, 2103, 2102, 2101, 699, 698,
      ])
    })
  })

  it('fails as a storage fails once it is closed', async () => {
    storage.close()
    await expect(positions()).rejects.toBeInstanceOf(StorageFailure)
  })
})

describe('What must outlive a machine that dies', () => {
  it('is asked to be on the disk before it counts as kept', async () => {
    const storage = await openDexieStorage(SCHEMA, 'storage-strict', createFakeClock(), 1000, () => undefined)
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await storage.writeNow([{ table: 'queue', put: { word: 'kept' } }])
    expect(begun.mock.calls).toEqual([[['queue'], 'readwrite', { durability: 'strict' }]])
    begun.mockRestore()
    storage.close()
  })
})

describe('The order of keys', () => {
  it('is the one of IndexedDB', () => {
    const keys: Key[] = [
      -1,
      0,
      1.5,
      20,
      '',
      '10',
      '9',
      'Z',
      'a',
      'a\u0000',
      '\ud83d\ude00',
      '\uffff',
      [],
      [1],
      [1, 'b'],
      ['a'],
      ['a', 1],
      ['a', 2],
      ['a', 'a'],
      ['a', []],
      ['b'],
      [[]],
    ]
    const sign = (n: number) => Math.sign(n) + 0
    for (const a of keys) {
      for (const b of keys) expect(sign(compareKeys(a, b))).toBe(indexedDB.cmp(a, b))
    }
  })
})
