import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { openDexieStorage, tablesOf } from '../../src/storage'
import type { Schema, SchemaVersion } from '../../src/storage'
import { createFakeClock } from '../support/fakeClock'

interface First {
  readonly notes: { readonly id: string; readonly text: string }
  readonly scraps: { readonly id: string }
}
interface Third {
  readonly notes: {
    readonly id: string
    readonly text: string
    readonly size: number
    readonly tags: readonly string[]
  }
  readonly tags: { readonly noteId: string; readonly tag: string }
}

const first: SchemaVersion<First> = { version: 1, tables: { notes: ['id'], scraps: ['id'] } }
/** Each note learns its size. */
const second: SchemaVersion = {
  version: 2,
  tables: { notes: ['id'], scraps: ['id'] },
  async upgrade(writing) {
    for (const row of await writing.range('notes', {})) {
      await writing.put('notes', { ...row, size: String(row.text).length })
    }
  },
}
/** Scraps go, tags come. */
const third: SchemaVersion<Third> = {
  version: 3,
  tables: { notes: ['id'], tags: ['noteId', 'tag'] },
  async upgrade(writing) {
    for (const row of await writing.range('notes', {})) {
      await writing.put('notes', { ...row, tags: ['old'] })
      await writing.put('tags', { noteId: String(row.id), tag: 'old' })
    }
  },
}
const earlier = first as unknown as SchemaVersion

function open<R extends object>(schema: Schema<R>, name: string) {
  return openDexieStorage(schema, name, createFakeClock(), 1000, () => undefined)
}

async function expectUpgraded(name: string): Promise<void> {
  const schema: Schema<Third> = [earlier, second, third]
  const storage = await open(schema, name)
  expect(tablesOf(schema)).toEqual(['notes', 'tags'])
  const [notes, tags] = await storage.read(['notes', 'tags'], async (reading) => [
    await reading.range('notes', {}),
    await reading.range('tags', {}),
  ])
  expect(notes).toEqual([{ id: 'n', text: 'four', size: 4, tags: ['old'] }])
  expect(tags).toEqual([{ noteId: 'n', tag: 'old' }])
  storage.close()
}

it('brings a database of the first version to the newest', async () => {
  const storage = await open<First>([first], 'migrations-1')
  await storage.write(['notes', 'scraps'], async (writing) => {
    await writing.put('notes', { id: 'n', text: 'four' })
    await writing.put('scraps', { id: 's' })
  })
  storage.close()
  await expectUpgraded('migrations-1')
  await expectNoScraps('migrations-1')
})

it('brings a database of the second version to the newest', async () => {
  const storage = await open([earlier, second], 'migrations-2')
  await storage.write(['notes'], (writing) => writing.put('notes', { id: 'n', text: 'four', size: 4 }))
  storage.close()
  await expectUpgraded('migrations-2')
})

async function expectNoScraps(name: string): Promise<void> {
  const names = await new Promise<string[]>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      resolve([...request.result.objectStoreNames])
      request.result.close()
    }
  })
  expect(names).toEqual(['notes', 'tags'])
}
