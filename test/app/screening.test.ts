import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit, ScreenedText } from '../../src/app'
import { useErrorText } from '../../src/composables'
import zhCN from '../../src/i18n/locales/zh-CN'
import type { ChatErrorShape, ConversationId, Message, Part } from '../../src/model'
import { useGroupStore, useProfileStore, useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'

let service: EmbeddedService
let alice: ChatKit
let bob: ChatKit
let conversationId: ConversationId
/** What alice's app was shown. */
let seen: (readonly [text: string, of: ScreenedText, userId: string])[]
/** A busy machine takes its time. */
const patiently = { timeout: 20_000 }

beforeEach(async () => {
  seen = []
  service = createEmbeddedService({ name: 'screening', storage: 'memory' })
  for (const id of ['alice', 'bob']) await service.addUser({ id })
  const aKit = (userId: string, options: Partial<Parameters<typeof createChatKit>[0]> = {}) =>
    createChatKit({
      transport: createEmbeddedTransport({ service }),
      userId,
      cache: 'memory',
      logger: createRecordingLogger(),
      ...options,
    })
  alice = aKit('alice', {
    screenText(text, of, userId) {
      seen.push([text, of, userId])
      return text.includes('secret') ? undefined : text.replaceAll('darn', '****')
    },
  })
  bob = aKit('bob')
  await Promise.all([alice.online(), bob.online()])
  conversationId = (await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })).id
})
afterEach(async () => {
  await Promise.all([alice.dispose(), bob.dispose()])
  service.close()
})

const text = (words: string): Part => ({ kind: 'text', text: words })
const say = (...parts: readonly Part[]) => alice.dispatch({ type: 'sendMessage', conversationId, parts })
const whyNot = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: ChatErrorShape) => error,
  )
/** What bob has of alice's. */
async function heard(): Promise<readonly Message[]> {
  await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  const entries = useTimelineStore(bob.pinia).timelineById.get(conversationId)?.entries() ?? []
  return entries.map(({ message }) => message)
}
const wordsOf = ({ parts }: Message) => parts.map((part) => (part.kind === 'text' ? part.text : part.kind))

it('lets words go, masks them or keeps them, before anything leaves', async () => {
  await say(text('darn it'), { kind: 'face', key: 'smile' })
  const error = await whyNot(say(text('the secret'), text('and more')))
  expect(error).toMatchObject({ domain: 'parley', code: 'words-refused', kind: 'content-refused' })
  await vi.waitFor(async () => expect((await heard()).map(wordsOf)).toEqual([['**** it', 'face']]), patiently)
  expect(seen).toEqual([
    ['darn it', 'message', 'alice'],
    ['the secret', 'message', 'alice'],
  ])
})

it('looks at what is changed afterwards too', async () => {
  await say(text('fine'))
  const [message] = await vi.waitFor(async () => {
    const all = await heard()
    expect(all).toHaveLength(1)
    return all
  }, patiently)
  if (!message) throw new Error('nothing was said')
  const change = (words: string) =>
    alice.dispatch({ type: 'editMessage', message, body: { parts: [text(words)] } })
  expect(await whyNot(change('a secret'))).toMatchObject({ kind: 'content-refused' })
  await change('darn fine')
  await vi.waitFor(async () => expect((await heard()).map(wordsOf)).toEqual([['**** fine']]), patiently)
})

it('looks at what people and groups are called', async () => {
  await alice.dispatch({ type: 'updateOwnProfile', patch: { id: 'alice', name: 'darn Alice' } })
  await bob.dispatch({ type: 'loadProfiles', ids: ['alice'], refresh: true })
  await vi.waitFor(
    () => expect(useProfileStore(bob.pinia).byId.get('alice')?.name).toBe('**** Alice'),
    patiently,
  )
  const make = (name: string) =>
    alice.dispatch({ type: 'createGroup', group: { type: 'work', name }, memberIds: ['bob'] })
  expect(await whyNot(make('secret club'))).toMatchObject({ kind: 'content-refused' })
  const { group } = await make('darn club')
  expect(group.name).toBe('**** club')
  const write = (announcement: string) =>
    alice.dispatch({ type: 'updateGroup', patch: { id: group.id, announcement } })
  expect(await whyNot(write('a secret'))).toMatchObject({ kind: 'content-refused' })
  await write('darn rules')
  await vi.waitFor(
    () => expect(useGroupStore(bob.pinia).byId.get(group.id)?.announcement).toBe('**** rules'),
    patiently,
  )
})

it('says so in both languages', async () => {
  const error = await whyNot(say(text('secret')))
  if (!error) throw new Error('it went')
  const { view, stop } = runInKit(alice, useErrorText)
  const says = (words: string) => vi.waitFor(() => expect(view(error)).toContain(words), patiently)
  await says('Some of these words may not be sent from here.')
  alice.locale.value = zhCN
  await says('内容里有这里不允许发送的字词。')
  stop()
})
