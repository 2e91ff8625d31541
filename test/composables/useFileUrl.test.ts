import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { openCache } from '../../src/cache'
import type { Cache } from '../../src/core/ports'
import { useFileUrl } from '../../src/composables'
import type { FileUrlView } from '../../src/composables'
import type { LocalFile, MessageRef, RemoteFile } from '../../src/model'
import { createFakeClock, settle } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedPlatform } from '../support/scriptedPlatform'
import type { ScriptedPlatform } from '../support/scriptedPlatform'
import { createScriptedTransport } from '../support/scriptedTransport'
import type { ScriptedTransport } from '../support/scriptedTransport'

interface Question {
  readonly key: string | undefined
  readonly of: MessageRef | undefined
  readonly answer: (url: string) => void
  readonly fail: () => void
}

let backend: ScriptedTransport
let kit: ChatKit
let cache: Cache
let clock: FakeClock
let platform: ScriptedPlatform
let questions: Question[]
const file = shallowRef<LocalFile | RemoteFile>()
const stops: (() => void)[] = []

beforeEach(() => {
  clock = createFakeClock()
  platform = createScriptedPlatform()
  questions = []
  file.value = undefined
  backend = createScriptedTransport({
    files: {
      resolve: (asked, of) =>
        new Promise((resolve, reject) =>
          questions.push({
            key: asked.key,
            of,
            answer: (url) => resolve({ ...asked, url }),
            fail: () => reject(new Error('no line')),
          }),
        ),
    },
  })
  const logger = createRecordingLogger()
  cache = openCache({ name: 'files', ownId: 'alice', clock, ids: { next: () => 'id' }, kind: 'memory' })
  kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, platform, logger, cache })
  backend.goOnline()
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await kit.dispose()
})

const aLocal = (name: string): LocalFile => ({
  at: 'local',
  source: 'blob',
  value: name,
  name,
  bytes: 1,
  mime: 'image/png',
})
const aRemote = (key: string, traits: Partial<RemoteFile> = {}): RemoteFile => ({
  at: 'remote',
  key,
  ...traits,
})

function show(next: LocalFile | RemoteFile): FileUrlView {
  file.value = next
  const of = { conversationId: 'c1', keys: ['k'] }
  const { view, stop } = runInKit(kit, () => useFileUrl(file, of))
  stops.push(stop)
  return view
}

const shown = (view: FileUrlView) => [view.state.value, view.url.value]

async function reconnect(): Promise<void> {
  backend.goOffline()
  await settle()
  backend.goOnline()
  await settle()
}

describe('the URL of a file', () => {
  it('is there at once for one on this machine, and given back at the end', () => {
    const view = show(aLocal('a.png'))
    expect(shown(view)).toEqual(['ready', 'local:a.png'])
    stops.pop()?.()
    expect(platform.heldUrls.size).toBe(0)
  })

  it('is its own while that lasts', async () => {
    const view = show(aRemote('a', { url: 'https://x/a', expiresAt: clock.now() + 1 }))
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/a'])
    expect(questions).toEqual([])
  })

  it('is asked of the backend where there is none or it is too old, naming the message', async () => {
    const view = show(aRemote('a', { url: 'https://x/old', expiresAt: clock.now() - 1 }))
    await settle()
    expect(shown(view)).toEqual(['loading', undefined])
    expect(questions).toMatchObject([{ key: 'a', of: { keys: ['k'] } }])
    questions[0]?.answer('https://x/a')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/a'])
  })

  it('is asked for anew, once, where nothing can be had under the one that is there', async () => {
    const view = show(aRemote('a', { url: 'https://x/signed' }))
    await settle()
    view.renew()
    await settle()
    expect(shown(view)).toEqual(['loading', 'https://x/signed'])
    expect(questions).toMatchObject([{ key: 'a', of: { keys: ['k'] } }])
    questions[0]?.answer('https://x/fresh')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/fresh'])
    view.renew()
    await settle()
    expect(questions).toHaveLength(1)
  })

  it('is asked for anew by a person as well, where a fresh one could not be had at first', async () => {
    const view = show(aRemote('a', { url: 'https://x/signed' }))
    await settle()
    view.renew()
    await settle()
    questions[0]?.fail()
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/signed'])
    view.retry()
    await settle()
    questions[1]?.answer('https://x/fresh')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/fresh'])
  })

  it('is too old by the clock of the server, not by that of the device', async () => {
    backend.tell({ type: 'clock.measured', offsetMs: 5_000, errorMs: 0 })
    show(aRemote('a', { url: 'https://x/old', expiresAt: clock.now() + 1_000 }))
    await settle()
    expect(questions).toHaveLength(1)
  })

  it('is fresh after a new sign-in, and the old one stays until then', async () => {
    const view = show(aRemote('a'))
    await settle()
    questions[0]?.answer('https://x/1')
    await settle()
    await reconnect()
    expect(questions).toHaveLength(2)
    expect(shown(view)).toEqual(['ready', 'https://x/1'])
    questions[1]?.answer('https://x/2')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/2'])
  })

  it('stays the old one when a fresh one cannot be had', async () => {
    const view = show(aRemote('a'))
    await settle()
    questions[0]?.answer('https://x/1')
    await settle()
    await reconnect()
    questions[1]?.fail()
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/1'])
  })

  it('of one on this machine is not asked for again after a sign-in', async () => {
    show(aLocal('a.png'))
    await reconnect()
    expect(questions).toEqual([])
  })

  it('that failed is asked for again by hand', async () => {
    const view = show(aRemote('a'))
    await settle()
    questions[0]?.fail()
    await settle()
    expect(shown(view)).toEqual(['failed', undefined])
    view.retry()
    expect(view.state.value).toBe('loading')
    await settle()
    questions[1]?.answer('https://x/a')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/a'])
  })

  it('does not blink when a sent picture becomes one at the backend', async () => {
    const view = show(aLocal('a.png'))
    file.value = aRemote('a')
    await settle()
    expect(shown(view)).toEqual(['ready', 'local:a.png'])
    expect(platform.heldUrls.has('local:a.png')).toBe(true)
    questions[0]?.answer('https://x/a')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/a'])
    expect(platform.heldUrls.size).toBe(0)
  })

  it('is that of the file wanted last, whatever is answered first', async () => {
    const view = show(aRemote('a'))
    file.value = aRemote('b')
    await settle()
    questions[1]?.answer('https://x/b')
    await settle()
    questions[0]?.answer('https://x/a')
    await settle()
    expect(shown(view)).toEqual(['ready', 'https://x/b'])
  })

  it('is that of the bytes that are kept here, and nobody is asked', async () => {
    await cache.keepMedia('a', aLocal('kept.png'))
    const view = show(aRemote('a', { url: 'https://x/a' }))
    await settle()
    expect(shown(view)).toEqual(['ready', 'local:kept.png'])
    expect(questions).toEqual([])
    stops.pop()?.()
    expect(platform.heldUrls.size).toBe(0)
  })

  it('takes no address that would run or be a page of this origin', async () => {
    for (const url of [
      'javascript:run()',
      ' java\nscript:run()',
      '\u0001javascript:run()',
      'data:text/html,<script>run()</script>',
      'vbscript:run()',
      'file:///etc/passwd',
    ]) {
      const view = show(aRemote('x', { url }))
      await settle()
      expect([url, view.url.value, view.state.value]).toEqual([url, undefined, 'failed'])
    }
    for (const url of [
      'https://files.example/a',
      'blob:https://a/1',
      'data:image/png;base64,AA',
      '/files/a:b',
    ]) {
      const view = show(aRemote('x', { url }))
      await settle()
      expect([url, view.url.value]).toEqual([url, url])
    }
  })
})
