import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useEmoji } from '../../src/composables'
import type { Platform } from '../../src/core/ports'
import zhCN from '../../src/i18n/locales/zh-CN'
import type { Locale } from '../../src/i18n'
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

async function open(platform: Platform, userId = 'alice', locale?: Locale) {
  const { transport } = createScriptedTransport()
  const kit = createChatKit({ transport, userId, platform, ...(locale && { locale }) })
  kits.push(kit)
  const { view } = runInKit(kit, useEmoji)
  view.load()
  await vi.waitFor(() => expect(view.state.value).toBe('ready'), patience)
  return view
}

function machine(notes = new Map<string, string>()): Platform {
  return {
    ...createScriptedPlatform(),
    recall: (name) => notes.get(name),
    note: (name, text) => void notes.set(name, text),
  }
}

describe('what is kept of the habits of an account', () => {
  it('is what was used last, newest first, and the tone of skin', async () => {
    const platform = machine()
    const first = await open(platform)
    for (const query of ['joy', 'wave', 'joy']) first.noteUse(first.find(query)[0]!)
    first.tone.value = 3
    const again = await open(platform)
    expect(again.recent.value.map((emoji) => again.written(emoji))).toEqual(['😂', '👋🏽'])
    const other = await open(platform, 'bob')
    expect([other.recent.value, other.tone.value]).toEqual([[], 0])
  })

  it('is nothing where the machine keeps nothing or something else', async () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"recent":7,"tone":"dark"}',
      '{"recent":[1,"x"],"tone":99}',
    ]) {
      const view = await open({ ...machine(), recall: () => text })
      expect([text, view.recent.value, view.tone.value]).toEqual([text, [], 0])
    }
    const view = await open(createScriptedPlatform())
    view.noteUse(view.find('joy')[0]!)
    expect(view.recent.value).toHaveLength(1)
  })
})

describe('words for emoji', () => {
  it('may be Chinese in an English kit and English in a Chinese one, the labels being those of the kit', async () => {
    const english = await open(machine())
    await vi.waitFor(() => expect(english.find('笑哭')[0]?.label).toBe('face with tears of joy'), patience)
    const chinese = await open(machine(), 'alice', zhCN)
    await vi.waitFor(() => expect(chinese.find('joy')[0]?.label).toMatch(/\p{Script=Han}/u), patience)
  })
})
