import { createHash } from 'node:crypto'
import type { Clock, IdSource } from '../../src/core/ports'
import { toChatError } from '../../src/model'
import type { ConversationId, Intent } from '../../src/model'
import type { FaultCounts, Faults } from '../../src/testing'
import { createRandom } from '../../src/testing/random'
import type { Random } from '../../src/testing/random'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createVirtualClock } from '../support/virtualClock'
import { pickIntent } from './intents'
import { openTab } from './tab'
import type { Sabotage, Tab } from './tab'
import { judge } from './truth'
import type { Seen, Written } from './truth'

/** How one seed went. */
export interface Outcome {
  readonly seed: number
  /** What people see that is not so; none where all is well. */
  readonly wrong: readonly string[]
  readonly log: readonly string[]
  /** The same for the same story. */
  readonly hash: string
  readonly counts: Readonly<Record<string, number>>
}

/** What a person may do next is decided from this. */
export interface Stage {
  readonly random: Random
  readonly conversations: readonly { readonly id: ConversationId; readonly memberIds: readonly string[] }[]
  readonly tabs: readonly Tab[]
  readonly written: readonly Written[]
  note(line: string): void
  /** Does what a person wants in a tab; nobody waits for it. */
  want(tab: Tab, intent: Intent): void
  write(tab: Tab, conversationId: ConversationId): void
  openTab(userId: string): void
  kill(tab: Tab): Promise<void>
}

/** How a story may be bent: for showing that it notices. */
export interface StoryOptions {
  readonly steps?: number
  readonly sabotage?: Sabotage
}

const PEOPLE = ['ann', 'ben', 'cleo']

const FAULTS: Omit<Faults, 'clock' | 'seed'> = {
  latency: { min: 0, max: 400 },
  loss: 0.05,
  duplicate: 0.2,
  reorder: 0.2,
  disconnect: 0.01,
  hang: 0.02,
  refuse: 0.03,
  pages: 0.4,
}

/** Plays the story of one seed to its end and judges what everybody sees then. */
export async function playStory(
  seed: number,
  { steps = 60, sabotage = (it) => it }: StoryOptions = {},
): Promise<Outcome> {
  const clock = createVirtualClock()
  const startAt = clock.now()
  const random = createRandom(seed)
  const log: string[] = []
  const written: Written[] = []
  const counts: Record<string, number> = {}
  let tabs: readonly Tab[] = []
  let tabCount = 0
  const service = createEmbeddedService({ name: `story-${seed}`, storage: 'memory', clock, ids: idsOf('s') })
  const conversations = await furnish(service, clock.settle)
  const note = (line: string) => void log.push(`${clock.now() - startAt} ${line}`)
  const addCounts = (more: FaultCounts) => {
    for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count
  }

  function wantNow<I extends Intent>(tab: Tab, intent: I) {
    note(`${tab.name} ${intent.type} ${JSON.stringify(intent)}`)
    const result = tab.dispatch(intent)
    result.then(
      () => note(`${tab.name} ${intent.type} done`),
      (thrown: unknown) => note(`${tab.name} ${intent.type} ${toChatError(thrown).kind}`),
    )
    return result
  }

  const stage: Stage = {
    random,
    conversations,
    get tabs() {
      return tabs
    },
    written,
    note,
    want: (tab, intent) => void wantNow(tab, intent),
    write(tab, conversationId) {
      const text = `${tab.name} ${written.length}`
      const result = wantNow(tab, { type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] })
      const place = { text, byId: tab.userId, conversationId, tab: tab.name }
      void result.then((rowKey) => written.push({ ...place, rowKey, isCertain: false, isTroubled: false }))
    },
    openTab(userId) {
      const name = `${userId}${(tabCount += 1)}`
      note(`${name} opens`)
      const clockSkew = random.between(-120_000, 120_000)
      const tab = openTab({
        ...{ name, userId, service, clock: clock as Clock, ids: idsOf(name), sabotage },
        faults: { ...FAULTS, seed: random.between(1, 1_000_000_000), clockSkew },
        onTrouble(rowKey) {
          const one = written.find((it) => it.rowKey === rowKey)
          if (one) one.isTroubled = true
        },
      })
      tabs = [...tabs, tab]
      for (const { id } of conversationsOf(userId)) {
        void wantNow(tab, { type: 'loadHistory', conversationId: id, direction: 'newest' })
      }
    },
    async kill(tab) {
      note(`${tab.name} dies`)
      vouchFor(tab)
      tabs = tabs.filter((other) => other !== tab)
      await tab.kill()
      addCounts(tab.counts())
    },
  }

  function conversationsOf(userId: string) {
    return conversations.filter(({ memberIds }) => memberIds.includes(userId))
  }

  /** What its tab has seen arrive is certain, whatever becomes of the tab. */
  function vouchFor(tab: Tab): void {
    for (const { id } of conversations) {
      const sent = new Set(tab.rows(id).flatMap(({ rowKey, outbox }) => (outbox === 'sent' ? [rowKey] : [])))
      for (const one of written) if (one.tab === tab.name && sent.has(one.rowKey)) one.isCertain = true
    }
  }

  /** Everybody comes back, and sends again what did not go out. */
  async function comeTogether(): Promise<void> {
    for (const userId of PEOPLE) if (!tabs.some((tab) => tab.userId === userId)) stage.openTab(userId)
    for (const tab of tabs) {
      tab.calm()
      tab.goOnline()
    }
    await clock.advance(120_000)
    for (let round = 0; round < 3; round++) {
      for (const tab of tabs) {
        for (const { id: conversationId } of conversations) {
          for (const { rowKey, outbox } of tab.rows(conversationId)) {
            if (outbox !== 'failed' && outbox !== 'unsure') continue
            stage.want(tab, { type: 'resendMessage', conversationId, rowKey })
          }
        }
      }
      await clock.advance(60_000)
    }
    // Nobody who is still here has lost anything.
    for (const one of written) if (tabs.some(({ name }) => name === one.tab)) one.isCertain = true
  }

  async function look(tab: Tab): Promise<readonly Seen[]> {
    const seen: Seen[] = []
    for (const { id: conversationId } of conversationsOf(tab.userId)) {
      stage.want(tab, { type: 'loadHistory', conversationId, direction: 'newest' })
      await clock.advance(1_000)
      for (let page = 0; page < 200 && tab.hasOlder(conversationId); page++) {
        stage.want(tab, { type: 'loadHistory', conversationId, direction: 'older' })
        await clock.advance(1_000)
      }
      const texts = tab.rows(conversationId).flatMap(({ message: { parts } }) => {
        const [part] = parts
        return part?.kind === 'text' ? [part.text] : []
      })
      seen.push({ userId: tab.name, conversationId, texts })
    }
    return seen
  }

  for (const userId of PEOPLE) {
    for (let count = random.between(1, 2); count > 0; count--) stage.openTab(userId)
  }
  await clock.advance(3_000)
  for (let step = 0; step < steps; step++) {
    await pickIntent(random)(stage)
    await clock.advance(random.between(0, 1_500))
  }
  await comeTogether()
  const seen: Seen[] = []
  for (const tab of tabs) seen.push(...(await look(tab)))
  for (const { userId, conversationId, texts } of seen)
    note(`${userId} ${conversationId}: ${texts.join(' | ')}`)
  for (const tab of tabs) {
    addCounts(tab.counts())
    await tab.dispose()
  }
  service.close()
  const hash = createHash('sha256').update(log.join('\n')).digest('hex')
  return { seed, wrong: judge(written, seen), log, hash, counts }
}

/** Three people; each two have a conversation, and there are two groups of all. */
async function furnish(
  service: EmbeddedService,
  settle: () => Promise<void>,
): Promise<Stage['conversations']> {
  for (const id of PEOPLE) await service.addUser({ id })
  const made: Stage['conversations'][number][] = []
  for (const [index, userId] of PEOPLE.entries()) {
    const transport = createEmbeddedTransport({ service })
    transport.connect({ userId, credentials: async () => ({ secret: '' }) })
    await settle()
    for (const otherId of PEOPLE.slice(index + 1)) {
      const { id } = await transport.conversations.open({ userId: otherId })
      made.push({ id, memberIds: [userId, otherId] })
    }
    if (index < 2) {
      const others = PEOPLE.filter((id) => id !== userId)
      const created = await transport.groups?.create({ type: 'meeting', name: `group ${index}` }, others)
      const { id } = await transport.conversations.open({ groupId: created?.group.id ?? '' })
      made.push({ id, memberIds: PEOPLE })
    }
    await transport.disconnect()
  }
  return made
}

function idsOf(prefix: string): IdSource {
  let count = 0
  return { next: () => `${prefix}-${(count += 1)}` }
}
