import { createPinia } from 'pinia'
import type { Pinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { unref } from 'vue'
import { createChatKit } from '../../src/app'
import { createIngest } from '../../src/app/ingest'
import type { RoadIn } from '../../src/app/ingest'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheStorage } from '../../src/cache'
import { useConversationList, useConversationSummary, useTimeline } from '../../src/composables'
import type { HistoryRequest, TransportEvent } from '../../src/model'
import { createMemoryStorage } from '../../src/storage'
import { useSessionStore, useTimelineStore } from '../../src/stores'
import { aMessage, aPage, newestRequest, textsOf } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import { MUTATIONS, mutants } from '../support/mutants'
import type { Mutant } from '../support/mutants'
import { EVENTS, sampleEvent } from '../support/mutantSpecs'
import { createRecordingLogger } from '../support/recordingLogger'
import { readingOf } from '../support/readingOf'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const COUNT = 10_000
const SEED = 20_261
/** What a patch or a message told again must not change has been told before. */
const KNOWN: readonly TransportEvent['type'][] = [
  'conversation.changed',
  'profile.changed',
  'contact.changed',
  'friendRequest.changed',
  'group.changed',
  'message.received',
  'member.changed',
  'typing.changed',
]

interface World {
  readonly pinia: Pinia
  readonly road: RoadIn
}

/** Stores that hold something of everything, so that whatever does harm is seen. */
function aWorld(): World {
  const pinia = createPinia()
  const road = createIngest({
    pinia,
    ownId: 'alice',
    clock: createFakeClock(),
    logger: createRecordingLogger(),
  })
  for (const conversationId of ['c1', 'c8', 'c9']) {
    const request: HistoryRequest = { ...newestRequest, conversationId }
    const messages = [1, 2, 3].map((seq) => aMessage({ conversationId, seq }))
    road.ingest([{ type: 'history.requested', request }], 'local')
    road.ingest([{ type: 'history.loaded', request, page: aPage(messages) }], 'local')
  }
  road.ingest(
    [
      { type: 'conversation.changed', conversations: [{ id: 'c8', kind: 'direct' }] },
      { type: 'contact.changed', contacts: [{ userId: 'dave' }] },
      {
        type: 'members.listed',
        groupId: 'g1',
        members: ['alice', 'bob', 'carol'].map((userId) => ({ userId, role: 'member' })),
      },
      ...KNOWN.map(sampleEvent),
    ],
    'remote',
  )
  return { pinia, road }
}

const rejectedCount = ({ pinia }: World) => useSessionStore(pinia).rejectedCount
const abilitiesRevision = ({ pinia }: World) => useSessionStore(pinia).abilitiesRevision
/** All that the stores hold, but for the two numbers that are counted apart. */
const holding = ({ pinia }: World) =>
  readingOf(pinia.state.value, new Set(['rejectedCount', 'abilitiesRevision']))

const inWords = ({ type, mutation, path }: Mutant) => `${mutation} at ${type} ${path}`

function countsBy(list: readonly Mutant[], name: 'type' | 'mutation'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const mutant of list) counts.set(mutant[name], (counts.get(mutant[name]) ?? 0) + 1)
  return counts
}

describe('bad input', () => {
  it('has samples that are taken in whole', () => {
    const world = aWorld()
    const types = Object.keys(EVENTS) as TransportEvent['type'][]
    world.road.ingest(types.map(sampleEvent), 'remote')
    expect(rejectedCount(world)).toBe(1)
    const known = aWorld()
    const before = holding(known)
    known.road.ingest(KNOWN.map(sampleEvent), 'remote')
    expect(holding(known)).toBe(before)
  })

  it(`${COUNT} times does no harm and is counted exactly`, { timeout: 180_000 }, () => {
    const made: Mutant[] = []
    const harms: string[] = []
    let world = aWorld()
    const before = holding(world)
    for (const mutant of mutants(COUNT, SEED)) {
      made.push({ ...mutant, event: undefined as never })
      const counted = rejectedCount(world)
      const revision = abilitiesRevision(world)
      try {
        // What comes after it in the batch is taken in all the same.
        world.road.ingest([mutant.event, { type: 'limits.changed' }], 'remote')
      } catch (thrown) {
        harms.push(`${inWords(mutant)} throws ${String(thrown)}`)
      }
      const rejected = rejectedCount(world) - counted
      if (rejected !== mutant.rejected) {
        harms.push(`${inWords(mutant)} counts ${rejected}, not ${mutant.rejected}`)
      }
      if (abilitiesRevision(world) === revision) harms.push(`${inWords(mutant)} holds up what comes after it`)
      const after = holding(world)
      if (after === before) continue
      if (mutant.stores === 'equal') harms.push(`${inWords(mutant)} changes the stores`)
      if (after.includes('polluted')) harms.push(`${inWords(mutant)} pollutes`)
      if (after.length > before.length + 450_000) harms.push(`${inWords(mutant)} fills the stores`)
      if (after.includes('NaN')) harms.push(`${inWords(mutant)} leaves what is no number`)
      world = aWorld()
    }
    expect(harms.slice(0, 40)).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const types = countsBy(made, 'type')
    const kinds = countsBy(made, 'mutation')
    expect([...types.keys()].sort()).toEqual(Object.keys(EVENTS).sort())
    expect([...kinds.keys()].sort()).toEqual([...MUTATIONS].sort())
    const inLines = (counts: ReadonlyMap<string, number>) =>
      [...counts].map((count) => count.join(' ')).join(', ')
    process.stdout.write(`mutants by event: ${inLines(types)}\nby mutation: ${inLines(kinds)}\n`)
  })
})

describe('a kit that is told nothing but bad input', () => {
  it('throws nothing, goes on, and opens again what it kept', { timeout: 180_000 }, async () => {
    const clock = createFakeClock()
    const storage: CacheStorage = createMemoryStorage(CACHE_SCHEMA)
    let ids = 0
    const open = () =>
      openCache({ name: 'mutants', ownId: 'alice', clock, ids: { next: () => `id-${ids++}` }, storage })
    const aKit = () => {
      const backend = createScriptedTransport()
      const kit = createChatKit({
        transport: backend.transport,
        userId: 'alice',
        logger: createRecordingLogger(),
        clock,
        cache: open(),
      })
      return { backend, kit }
    }
    const { backend, kit } = aKit()
    await settle()
    backend.goOnline()
    backend.answers.push(aPage([1, 2, 3].map((seq) => aMessage({ seq }))))
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    await kit.dispatch({ type: 'loadHistory', conversationId: 'quiet', direction: 'newest' })
    const views = runInKit(kit, () => ({
      timeline: useTimeline('c1'),
      list: useConversationList(),
      summary: useConversationSummary('c1'),
    }))
    let told = 0
    for (const { event } of mutants(COUNT, SEED)) {
      backend.tell(event)
      if (++told % 100 !== 0) continue
      const { timeline, list, summary } = views.view
      expect(timeline.state.value).toBe('ready')
      const shown = [...Object.values(timeline), ...Object.values(list), summary]
      expect(shown.map((view: unknown) => readingOf(unref(view))).join()).not.toContain('NaN')
      await clock.advance(3_000)
    }
    views.stop()
    backend.goOnline()
    const last = aMessage({ conversationId: 'quiet', seq: 1, text: 'after all' })
    backend.tell({ type: 'message.received', messages: [last], isLive: true })
    await clock.advance(3_000)
    await kit.dispose()
    const again = aKit().kit
    await settle()
    await again.dispatch({ type: 'loadHistory', conversationId: 'quiet', direction: 'newest' })
    const entries = useTimelineStore(again.pinia).timelineById.get('quiet')?.entries() ?? []
    expect(textsOf(entries.map(({ message }) => message))).toContain('after all')
    await again.dispose()
  })
})
