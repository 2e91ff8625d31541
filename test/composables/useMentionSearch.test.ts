import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useComposer, useMentionSearch } from '../../src/composables'
import type { ComposerView, MentionSearchView } from '../../src/composables'
import type { ConversationId, GroupType } from '../../src/model'
import { useConversationStore, useGroupStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'

const PEOPLE = [
  ['alice', 'Alice Martin'],
  ['bob', 'Bob Tanaka'],
  ['linyue', '林悦'],
  ['bob2', 'Bob Tanaka'],
] as const

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }
let service: EmbeddedService
let kits: Readonly<Record<string, ChatKit>>
let id: ConversationId
let groupId: string
let search: MentionSearchView
let composer: ComposerView
const query = shallowRef<string>()
let stop = () => {}

beforeEach(async () => {
  query.value = undefined
  service = createEmbeddedService({ name: 'use-mention-search', storage: 'memory' })
  for (const [userId, name] of PEOPLE) await service.addUser({ id: userId, name })
  kits = Object.fromEntries(
    PEOPLE.map(([userId]) => [
      userId,
      createChatKit({ transport: createEmbeddedTransport({ service }), userId, cache: 'memory' }),
    ]),
  )
  await Promise.all(Object.values(kits).map((kit) => kit.online()))
})
afterEach(async () => {
  stop()
  await Promise.all(Object.values(kits).map((kit) => kit.dispose()))
  service.close()
})

async function openGroup(type: GroupType): Promise<void> {
  const alice = kits['alice']!
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type, name: type },
    memberIds: type === 'live' ? [] : ['bob', 'linyue', 'bob2'],
  })
  groupId = group.id
  ;({ id } = await alice.dispatch({ type: 'openConversation', target: { groupId } }))
  const { view, stop: end } = runInKit(alice, () => {
    const written = useComposer(id)
    const names = () => written.mentions.value.map(({ name }) => name)
    return [written, useMentionSearch(id, () => query.value, names)] as const
  })
  ;[composer, search] = view
  stop = end
}

const offered = () => search.candidates.value.map(({ userId }) => userId ?? 'all')
const eventually = (ids: readonly string[]) => vi.waitFor(() => expect(offered()).toEqual(ids), patience)

describe('people to point at', () => {
  it('are the others of the group, and everybody, and nobody is asked for before the sign', async () => {
    await openGroup('work')
    expect(useGroupStore(kits['alice']!.pinia).membersById.has(groupId)).toBe(false)
    query.value = ''
    await eventually(['all', 'bob', 'bob2', 'linyue'])
  })

  it('are found by the name, by how it is read, and by the id', async () => {
    await openGroup('public')
    for (const [typed, ids] of [
      ['TANAKA', ['bob', 'bob2']],
      ['林', ['linyue']],
      ['linyu', ['linyue']],
      ['ly', ['linyue']],
      ['bob2', ['bob2']],
      ['al', ['all']],
      ['nobody', []],
      ['Bob Tanaka hello', []],
    ] as const) {
      query.value = typed
      await eventually(ids)
    }
  })

  it('are none of those who have left', async () => {
    await openGroup('public')
    query.value = ''
    await eventually(['all', 'bob', 'bob2', 'linyue'])
    await kits['bob']!.dispatch({ type: 'quitGroup', groupId })
    await eventually(['all', 'bob2', 'linyue'])
  })

  it('are not everybody in a community, and nobody in a live room', async () => {
    await openGroup('community')
    query.value = ''
    await eventually(['bob', 'bob2', 'linyue'])
    stop()
    await openGroup('live')
    await vi.waitFor(
      () => expect(useGroupStore(kits['alice']!.pinia).byId.get(groupId)).toBeDefined(),
      patience,
    )
    expect(offered()).toEqual([])
  })

  it('are written by a name that others know, and by the id where it would be that of somebody else', async () => {
    await openGroup('work')
    query.value = 'bob'
    await eventually(['bob', 'bob2'])
    const written = () => search.candidates.value.map(({ mention }) => mention.name)
    await vi.waitFor(() => expect(written()).toEqual(['Bob Tanaka', 'Bob Tanaka']), patience)
    const first = search.candidates.value[0]!.mention
    expect(first).toEqual({ name: 'Bob Tanaka', userId: 'bob' })
    composer.addMention(first)
    composer.text.value = '@Bob Tanaka '
    expect(written()).toEqual(['Bob Tanaka', 'bob2'])
  })

  it('find the message that points at them, which says so of nobody else', async () => {
    await openGroup('work')
    composer.addMention({ name: '林悦', userId: 'linyue' })
    composer.addMention({ name: 'Bob Tanaka', userId: 'bob' })
    composer.text.value = '@林悦 please look, @Bob T'
    composer.send()
    const mentionOf = (userId: string) =>
      [...useConversationStore(kits[userId]!.pinia).byId.values()].find((one) => one.groupId === groupId)
        ?.mention
    await vi.waitFor(() => expect(mentionOf('linyue')?.isMe).toBe(true), patience)
    expect(mentionOf('bob')?.isMe ?? false).toBe(false)
    expect(composer.mentions.value).toEqual([])
  })

  it('stay with the draft', async () => {
    await openGroup('work')
    composer.addMention({ name: '林悦', userId: 'linyue' })
    composer.text.value = 'ask @林悦 '
    expect(useConversationStore(kits['alice']!.pinia).draftOf(id).mentions).toEqual([
      { name: '林悦', userId: 'linyue' },
    ])
    expect(composer.mentions.value).toMatchObject([{ start: 4, raw: '@林悦' }])
  })

  it('are no more than a message takes: then only those already pointed at are offered', async () => {
    await openGroup('work')
    const taken = Array.from({ length: 29 }, (_, index) => ({ name: `n${index}`, userId: `u${index}` }))
    const full = [...taken, { name: '林悦', userId: 'linyue' }]
    const { view, stop: end } = runInKit(kits['alice']!, () =>
      useMentionSearch(
        id,
        () => '',
        () => full,
      ),
    )
    await vi.waitFor(
      () => expect(view.candidates.value.map(({ userId }) => userId ?? 'all')).toEqual(['all', 'linyue']),
      patience,
    )
    expect(view.fullAt.value).toBe(30)
    end()
  })

  it('are asked for at the backend where not all of them are here', async () => {
    await openGroup('public')
    query.value = ''
    await eventually(['all', 'bob', 'bob2', 'linyue'])
    const store = useGroupStore(kits['alice']!.pinia)
    const alice = kits['alice']!
    const found = await alice.dispatch({ type: 'readMembers', groupId, text: 'bob' })
    expect(found.items.map(({ userId }) => userId)).toEqual(['bob', 'bob2'])
    expect(store.membersById.get(groupId)?.state).toBe('ready')
  })
})
