import { createHash } from 'node:crypto'
import type { IdSource } from '../../src/core/ports'
import { toChatError } from '../../src/model'
import type { ConversationId, Intent } from '../../src/model'
import type { FaultCounts, Faults } from '../../src/testing'
import { createRandom } from '../../src/core/random'
import type { Random } from '../../src/core/random'
import { createEmbeddedService } from '../../src/transports/embedded'
import { createVirtualClock } from '../support/virtualClock'
import { createDevice, installDatabase } from './device'
import type { Device } from './device'
import { furnish, PEOPLE } from './furnish'
import type { Place } from './furnish'
import { pickIntent } from './intents'
import { lookAlone, lookAt } from './look'
import { createRecord } from './record'
import type { Act, Record } from './record'
import { openTab } from './tab'
import type { Sabotage, Tab } from './tab'
import { judge, judgePart } from './truth'
import type { Seen } from './truth'

/** How one seed went. */
export interface Outcome {
  readonly seed: number
  /** What people see that is not so; none where all is well. */
  readonly wrong: readonly string[]
  readonly log: readonly string[]
  /** The same for the same story. */
  readonly hash: string
  /** How often everything happened: faults, and what people did. */
  readonly counts: Readonly<{ [name: string]: number }>
}

/** What a person may do next is decided from this. */
export interface Stage {
  readonly random: Random
  readonly people: readonly string[]
  readonly conversations: readonly Place[]
  readonly tabs: readonly Tab[]
  readonly record: Record
  /** Does what a person wants in a tab. */
  want(tab: Tab, intent: Intent): Promise<unknown>
  /** The same, and remembers what it is to lead to. */
  act(tab: Tab, act: Act, intent: Intent): void
  write(tab: Tab, conversationId: ConversationId): void
  openTab(userId: string): void
  goOffline(tab: Tab): void
  goOnline(tab: Tab): void
  kill(tab: Tab): Promise<void>
}

/** How a story may be bent: for showing that it notices. */
export interface StoryOptions {
  readonly steps?: number
  readonly sabotage?: Sabotage
}

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
/** A network so bad that hardly any call is answered. */
const STORM: typeof FAULTS = { ...FAULTS, loss: 0.6, hang: 0.3, refuse: 0.2, disconnect: 0 }
const QUIET_MS = 60_000
const MOST_ROUNDS = 30

/** Plays the story of one seed to its end and judges what everybody sees then. */
export async function playStory(
  seed: number,
  { steps = 120, sabotage = (it) => it }: StoryOptions = {},
): Promise<Outcome> {
  const isDatabase = seed % 10 === 0
  const devices = new Map<string, Device>()
  const clock = createVirtualClock(undefined, () => [...devices.values()].some(({ isBusy }) => isBusy()))
  const startAt = clock.now()
  const random = createRandom(seed)
  const record = createRecord()
  const log: string[] = []
  const wrong: string[] = []
  const counts: { [name: string]: number } = {}
  const open = new Set<string>()
  let tabs: readonly Tab[] = []
  let tabCount = 0
  const service = createEmbeddedService({ name: `story-${seed}`, storage: 'memory', clock, ids: idsOf('s') })
  const conversations = await furnish(service, clock.settle)
  if (isDatabase) installDatabase()
  for (const name of PEOPLE) {
    devices.set(name, createDevice(name, clock, random.between(-120_000, 120_000), isDatabase))
  }
  const note = (line: string) => void log.push(`${clock.now() - startAt} ${line}`)
  const count = (name: string, times = 1) => void (counts[name] = (counts[name] ?? 0) + times)
  const addCounts = (more: FaultCounts) => Object.entries(more).forEach(([name, times]) => count(name, times))

  function want(tab: Tab, intent: Intent): Promise<unknown> {
    count(intent.type)
    const name = `${tab.name} ${intent.type} ${JSON.stringify(intent)}`
    note(name)
    const result = tab.dispatch(intent)
    open.add(`${tab.name} ${intent.type} ${log.length}`)
    const line = `${tab.name} ${intent.type} ${log.length}`
    result
      .then(
        () => note(`${line} done`),
        (thrown: unknown) => note(`${line} ${toChatError(thrown).kind} ${toChatError(thrown).code}`),
      )
      .finally(() => open.delete(line))
    return result
  }

  const stage: Stage = {
    ...{ random, record, conversations, people: PEOPLE },
    get tabs() {
      return tabs
    },
    want,
    act(tab, act, intent) {
      record.act(tab.userId, act, want(tab, intent))
    },
    write(tab, conversationId) {
      const text = `${tab.name} ${record.written.length}`
      const one = record.write(text, tab.userId, conversationId, tab.name)
      const parts = [{ kind: 'text' as const, text }]
      want(tab, { type: 'sendMessage', conversationId, parts }).then(
        (rowKey) => {
          record.name(one, [String(rowKey)])
          one.keptAt = record.now()
        },
        () => {},
      )
    },
    openTab: (userId) => void enter(userId),
    goOffline(tab) {
      note(`${tab.name} goes offline`)
      count('wentOffline')
      void tab.goOffline()
    },
    goOnline(tab) {
      note(`${tab.name} goes online`)
      tab.goOnline()
    },
    async kill(tab) {
      note(`${tab.name} dies`)
      tabs = tabs.filter((other) => other !== tab)
      await tab.kill()
      addCounts(tab.counts())
      for (const line of open) if (line.startsWith(`${tab.name} `)) open.delete(line)
    },
  }

  function enter(userId: string, isUnplugged = false): Tab {
    const name = `${userId}${(tabCount += 1)}`
    note(`${name} opens`)
    count(isDatabase ? 'databaseOpened' : 'memoryOpened')
    const tab = openTab({
      ...{ name, userId, service, clock, sabotage, isUnplugged, ids: idsOf(name) },
      device: devices.get(userId) as Device,
      faults: { ...(seed % 10 === 5 ? STORM : FAULTS), seed: random.between(1, 1_000_000_000) },
      onRows(_id, rows) {
        for (const { message, isPlaced } of rows) {
          const [part] = message.parts
          const one = record.find(message.keys, part?.kind === 'text' ? part.text : undefined)
          if (!one) continue
          record.name(one, message.keys)
          if (isPlaced) one.arrivedAt ??= record.now()
        }
      },
      onWaiting(items) {
        for (const { id, command, state } of items) {
          if (command.type !== 'sendMessage') continue
          const [part] = command.outgoing.parts
          const one = record.find([id], part?.kind === 'text' ? part.text : undefined)
          if (one && (state === 'failed' || state === 'unsure')) {
            if (!one.isTroubled) count('troubled')
            one.isTroubled = true
          }
        }
      },
    })
    if (isUnplugged) return tab
    tabs = [...tabs, tab]
    for (const { id } of conversationsOf(userId)) {
      void want(tab, { type: 'loadHistory', conversationId: id, direction: 'newest' })
    }
    return tab
  }

  function conversationsOf(userId: string) {
    return conversations.filter(({ memberIds }) => memberIds.includes(userId))
  }

  /** Everybody comes back, and sends again what did not go out. */
  async function comeTogether(): Promise<void> {
    for (const userId of PEOPLE) if (!tabs.some((tab) => tab.userId === userId)) stage.openTab(userId)
    for (const tab of tabs) {
      tab.calm()
      tab.goOnline()
    }
    await clock.advance(QUIET_MS * 2)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const isQuiet = open.size === 0 && tabs.every((tab) => tab.isOnline() && tab.waiting().length === 0)
      if (isQuiet) break
      for (const tab of tabs) {
        if (tab.waiting().some(({ state }) => state === 'unsure' || state === 'failed')) {
          void want(tab, { type: 'resendAll' })
        }
      }
      await clock.advance(QUIET_MS)
    }
    for (const line of open) wrong.push(`${line} never ends`)
    for (const tab of tabs) {
      if (!tab.isOnline()) wrong.push(`${tab.name} never comes online`)
      for (const { id, state } of tab.waiting()) wrong.push(`${tab.name}: ${id} stays ${state}`)
    }
  }

  /** What was read once is unread in no tab of the same person. */
  async function judgeRead(): Promise<void> {
    for (const tab of tabs) void want(tab, { type: 'loadConversations' })
    await clock.advance(QUIET_MS)
    for (const deed of record.deeds) {
      if (deed.kind !== 'read' || deed.outcome !== 'done') continue
      for (const tab of tabs.filter(({ userId }) => userId === deed.byId)) {
        const later = tab.rows(deed.conversationId).filter(({ message: { senderId, order } }) => {
          return senderId !== deed.byId && (order?.major ?? Infinity) > deed.upTo
        })
        if (tab.unreadCount(deed.conversationId) <= later.length) continue
        wrong.push(`${tab.name} in ${deed.conversationId}: forgot that it is read up to ${deed.upTo}`)
      }
    }
  }

  async function lookAround(): Promise<readonly Seen[]> {
    const seen: Seen[] = []
    for (const tab of tabs) {
      for (const { id } of conversationsOf(tab.userId)) seen.push(await lookAt(walk, tab, id))
    }
    return seen
  }

  /** A page that is opened without a network shows what this machine has kept. */
  async function lookBack(userId: string): Promise<readonly Seen[]> {
    const tab = enter(userId, true)
    const seen: Seen[] = []
    await clock.advance(1_000)
    for (const { id } of conversationsOf(userId)) seen.push(await lookAlone(walk, tab, id))
    await ended(tab)
    return seen
  }

  /** Closing a page waits for nothing but time. */
  async function ended(tab: Tab): Promise<void> {
    addCounts(tab.counts())
    const ending = tab.dispose()
    await clock.advance(1_000)
    await ending
  }

  function judgeParts(parts: readonly Seen[], whole: readonly Seen[], isCurrent: boolean): void {
    for (const part of parts) {
      count(isCurrent ? 'keptOnThisMachine' : 'keptMeanwhile', part.sights.length)
      const same = whole.find(
        ({ userId, conversationId }) => userId === part.userId && conversationId === part.conversationId,
      )
      if (same) wrong.push(...judgePart(part, same, isCurrent))
    }
  }

  const walk = { record, want, advance: clock.advance }
  for (const userId of PEOPLE) {
    for (let times = random.between(1, 2); times > 0; times--) stage.openTab(userId)
  }
  await clock.advance(3_000)
  for (let step = 0; step < steps; step++) {
    await pickIntent(random)(stage)
    await clock.advance(random.between(0, 1_500))
  }
  await comeTogether()
  const early = await lookBack(random.pick(PEOPLE))
  const seen = await lookAround()
  for (const one of seen) note(`${one.tab} ${one.conversationId}: ${wordsOf(one)}`)
  wrong.push(...judge(record, seen))
  await judgeRead()
  judgeParts(early, seen, false)
  for (const tab of tabs) await ended(tab)
  for (const userId of PEOPLE) {
    const kept = await lookBack(userId)
    for (const one of kept) note(`${one.tab} ${one.conversationId}, kept: ${wordsOf(one)}`)
    judgeParts(kept, seen, true)
  }
  service.close()
  const hash = createHash('sha256').update(log.join('\n')).digest('hex')
  return { seed, wrong, log, hash, counts }
}

function wordsOf({ sights, hasOlder, hasNewer }: Seen): string {
  const words = sights.map(({ text = 'recalled', isBelowGap, reactions }) =>
    [isBelowGap ? '[gap] ' : '', text, ...reactions.map((key) => ` +${key}`)].join(''),
  )
  return [hasOlder ? '...' : '', ...words, hasNewer ? '...' : ''].filter((word) => word !== '').join(' | ')
}

function idsOf(prefix: string): IdSource {
  let count = 0
  return { next: () => `${prefix}-${(count += 1)}` }
}
