import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheStorage } from '../../src/cache'
import { useEmoji } from '../../src/composables'
import zhCN from '../../src/i18n/locales/zh-CN'
import type { Locale } from '../../src/i18n'
import { randomIds as ids, systemClock as clock } from '../../src/platform/web'
import { createMemoryStorage } from '../../src/storage'
import { runInKit } from '../support/runInKit'
import { createScriptedPlatform } from '../support/scriptedPlatform'
import { createScriptedTransport } from '../support/scriptedTransport'

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }
let kits: ChatKit[] = []
afterEach(async () => {
  await Promise.all(kits.map((kit) => kit.dispose()))
  kits = []
})

const aMachine = (): CacheStorage => createMemoryStorage(CACHE_SCHEMA)

async function open(storage: CacheStorage, locale?: Locale) {
  const { transport } = createScriptedTransport()
  const kit = createChatKit({
    transport,
    userId: 'alice',
    cache: openCache({ name: 'emoji', ownId: 'alice', clock, ids, storage }),
    platform: createScriptedPlatform(),
    ...(locale && { locale }),
  })
  kits.push(kit)
  const { view } = runInKit(kit, useEmoji)
  view.load()
  await vi.waitFor(() => expect(view.state.value).toBe('ready'), patience)
  return { kit, view }
}

describe('what is kept of the habits of an account', () => {
  it('is what was used last, newest first, and the tone of skin, until the account signs out', async () => {
    const storage = aMachine()
    const first = await open(storage)
    for (const query of ['joy', 'wave', 'joy']) first.view.noteUse(first.view.find(query)[0]!)
    first.view.tone.value = 3
    await first.kit.dispose()
    const again = await open(storage)
    const recentOf = ({ view }: typeof again) => view.recent.value.map((emoji) => view.written(emoji))
    await vi.waitFor(() => expect(recentOf(again)).toEqual(['😂', '👋🏽']), patience)
    await again.kit.signOut()
    const { view } = await open(storage)
    expect([view.recent.value, view.tone.value]).toEqual([[], 0])
  })

  it('is nothing where something else is kept', async () => {
    const { kit, view } = await open(aMachine())
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"recent":7,"tone":"dark"}',
      '{"recent":[1,"x"],"tone":99}',
    ]) {
      await kit.dispatch({ type: 'keepHabit', name: 'emoji', text })
      expect([text, view.recent.value, view.tone.value]).toEqual([text, [], 0])
    }
    view.noteUse(view.find('joy')[0]!)
    expect(view.recent.value).toHaveLength(1)
  })
})

describe('words for emoji', () => {
  it('may be Chinese in an English kit and English in a Chinese one, the labels being those of the kit', async () => {
    const { view: english } = await open(aMachine())
    await vi.waitFor(() => expect(english.find('笑哭')[0]?.label).toBe('face with tears of joy'), patience)
    const { view: chinese } = await open(aMachine(), zhCN)
    await vi.waitFor(() => expect(chinese.find('joy')[0]?.label).toMatch(/\p{Script=Han}/u), patience)
  })
})
