import { expect, it } from 'vitest'
import { CommandOutbox } from '../../../src/core/outbox'
import type { Finding } from '../../../src/core/outbox'
import type { Clock, OutboxStore, Tabs } from '../../../src/core/ports'
import { ChatError } from '../../../src/model'
import type { ChatErrorInit, OutboxItem } from '../../../src/model'
import { createFakeClock } from '../../support/fakeClock'
import { createTabs } from '../../support/fakeTabs'
import { createMemoryOutboxStore } from '../../support/memoryOutboxStore'

const SEEDS = 400
const MINUTE = 60_000

/** The same chances for the same seed (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A backend that applies a command as often as it arrives, and loses, delays and refuses as chance has it. */
function createBackend(clock: Clock, chance: () => number) {
  const applied: OutboxItem[] = []
  const underWay = new Map<string, number>()
  const counts = { lost: 0, hung: 0, late: 0, unanswered: 0, refused: 0, found: 0 }
  const move = (id: string, by: number) => underWay.set(id, (underWay.get(id) ?? 0) + by)
  const failure = (init: Partial<ChatErrorInit>) => new ChatError({ code: 'x', kind: 'other', ...init })

  function call(item: OutboxItem, isAlive: () => boolean): Promise<unknown> {
    const dice = chance()
    const arrive = () => {
      move(item.id, -1)
      applied.push(item)
    }
    move(item.id, 1)
    return new Promise((resolve, reject) => {
      const after = (ms: number, work: () => void) => clock.after(ms, () => isAlive() && work())
      const arriveAfter = (ms: number) => clock.after(ms, arrive)
      if (dice < 0.1) {
        counts.lost++
        clock.after(50, () => move(item.id, -1))
        after(80, () => reject(failure({ kind: 'offline', effect: 'unknown' })))
      } else if (dice < 0.15) {
        counts.hung++
        clock.after(50, () => move(item.id, -1))
      } else if (dice < 0.3) {
        counts.late++
        const ms = Math.floor(chance() * 3_000)
        arriveAfter(ms)
        after(Math.floor(chance() * 3_000), () => reject(failure({ kind: 'timeout', effect: 'unknown' })))
      } else if (dice < 0.4) {
        counts.unanswered++
        arriveAfter(20)
      } else if (dice < 0.5) {
        counts.refused++
        move(item.id, -1)
        after(20, () => reject(failure({ kind: 'too-often' })))
      } else {
        arriveAfter(Math.floor(chance() * 100))
        after(120, () => resolve(item.id))
      }
    })
  }

  return {
    applied,
    counts,
    call,
    async find({ id }: OutboxItem): Promise<Finding> {
      if (applied.some((item) => item.id === id)) {
        counts.found++
        return { done: id }
      }
      return (underWay.get(id) ?? 0) > 0 ? 'unknown' : 'absent'
    },
  }
}

interface Switches {
  /** Claims say yes to whoever asks. */
  readonly isClaimOff?: boolean
  /** What may have arrived is always believed not to have. */
  readonly isFindOff?: boolean
  /** Every tab believes that it alone sends. */
  readonly isElectionOff?: boolean
  /** Nobody notices the end of another tab. */
  readonly isDeathUnnoticed?: boolean
}

function withoutElection(tabs: Tabs): Tabs {
  return {
    ...tabs,
    hold(name, onHeld) {
      if (name !== 'outbox') return tabs.hold(name, onHeld)
      onHeld()
      return () => {}
    },
  }
}

async function runSeed(seed: number, switches: Switches = {}) {
  const chance = createChance(seed)
  const clock = createFakeClock(1_000_000)
  const backend = createBackend(clock, chance)
  const store = createMemoryOutboxStore(
    [],
    () => new Promise((resolve) => clock.after(Math.floor(chance() * 4), resolve)),
  )
  const tabs = createTabs(clock)
  const given: OutboxItem[] = []
  let opened = 0
  let kills = 0

  async function open() {
    const name = `tab${opened++}`
    let isAlive = true
    const never = new Promise<never>(() => {})
    const alive = async <T>(value: Promise<T>): Promise<T> => {
      const result = await value
      return isAlive ? result : never
    }
    const ownStore: OutboxStore = {
      add: (item) => (isAlive ? alive(store.add(item)) : never),
      all: () => (isAlive ? alive(store.all()) : never),
      change(id, change) {
        if (!isAlive) return never
        if (!switches.isClaimOff) return alive(store.change(id, change))
        // Reads and writes in two steps, so that others come between.
        return alive(
          store.all().then((items) => {
            const item = items.find((other) => other.id === id)
            const after = item && change(item)
            return store.change(id, () => after)
          }),
        )
      },
    }
    const outbox = new CommandOutbox({
      store: ownStore,
      clock: { now: clock.now, after: (ms, work) => clock.after(ms, () => isAlive && work()) },
      tabs: switches.isElectionOff ? withoutElection(tabs.tab(name)) : tabs.tab(name),
      name: 'outbox',
      ...(!switches.isDeathUnnoticed && { tabId: name }),
      // Long enough that no answer is outlasted: an unsure command would leave its lane free.
      random: () => 0.7 + 0.3 * chance(),
      run: (item) => ({ result: isAlive ? backend.call(item, () => isAlive) : never, cancel: () => {} }),
      find: (item) => (switches.isFindOff ? Promise.resolve('absent') : alive(backend.find(item))),
      doubt: () => 'find',
      onChanged: () => {},
      onEnded: () => {},
      attemptMs: 5_000,
    })
    outbox.start(await store.all())
    outbox.setOnline(true)
    const kill = (isMute = false) => {
      isAlive = false
      kills++
      tabs.kill(name, isMute)
    }
    return { name, outbox, kill }
  }

  async function openSlowly() {
    const opening = open()
    await clock.advance(10)
    return opening
  }

  const live = [await openSlowly(), await openSlowly(), await openSlowly()]
  const pick = () => Math.floor(chance() * live.length)
  for (let step = 0; step < 40; step++) {
    const tab = live[pick()]!
    const dice = chance()
    if (dice < 0.6) {
      // Each tab has lanes of its own: between tabs there is no order to keep.
      const item: OutboxItem = {
        id: `${step}`,
        lane: `${tab.name} ${Math.floor(chance() * 2)}`,
        command: { type: 'markAllRead' },
        queuedAt: clock.now(),
        state: 'queued',
        attempts: 0,
      }
      given.push(item)
      void tab.outbox.add(item)
      if (dice < 0.05) {
        // What it began to write is kept, and nobody has heard of it. No other comes in its place.
        tab.kill(true)
        if (live.length > 1) live.splice(live.indexOf(tab), 1)
        else live[0] = await openSlowly()
      }
    } else if (dice < 0.75) {
      tab.kill()
      live[live.indexOf(tab)] = await openSlowly()
    } else if (dice < 0.85) tab.outbox.setOnline(chance() < 0.5)
    await clock.advance(Math.floor(chance() * 400))
  }
  for (let round = 0; round < 60 && store.held.size > 0; round++) {
    for (const { outbox } of live) outbox.setOnline(true)
    await clock.advance(MINUTE)
    for (const id of store.held.keys()) {
      if (store.held.get(id)?.state === 'unsure') void live[0]!.outbox.resend(id)
    }
  }
  const left = live.map(({ outbox }) => outbox.items().length)
  return { given, applied: backend.applied, counts: backend.counts, kills, held: store.held.size, left }
}

/** What is wrong after a run; nothing where every command was done once, and each lane in order. */
function faultsOf({ given, applied, held, left }: Awaited<ReturnType<typeof runSeed>>): readonly string[] {
  const faults: string[] = []
  for (const { id } of given) {
    const times = applied.filter((item) => item.id === id).length
    if (times !== 1) faults.push(`${id} was done ${times} times`)
  }
  for (const lane of new Set(given.map((item) => item.lane))) {
    const idsOf = (items: readonly OutboxItem[]) =>
      items.filter((item) => item.lane === lane).map(({ id }) => id)
    if (idsOf(given).join() !== idsOf(applied).join()) faults.push(`${lane} is out of order`)
  }
  if (held > 0) faults.push(`${held} are still kept`)
  if (left.some((count) => count > 0)) faults.push(`tabs still show ${left.join()}`)
  return faults
}

async function faultySeeds(switches: Switches): Promise<number> {
  let faulty = 0
  for (let seed = 1; seed <= 15; seed++) if (faultsOf(await runSeed(seed, switches)).length > 0) faulty++
  return faulty
}

it('does every command exactly once and each lane in order, however tabs die', async () => {
  const totals = { kills: 0, lost: 0, hung: 0, late: 0, unanswered: 0, refused: 0, found: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const outcome = await runSeed(seed)
    expect(faultsOf(outcome), `seed ${seed}`).toEqual([])
    totals.kills += outcome.kills
    for (const key of Object.keys(outcome.counts) as (keyof typeof outcome.counts)[]) {
      totals[key] += outcome.counts[key]
    }
  }
  expect(Object.entries(totals).filter(([, count]) => count === 0)).toEqual([])
}, 120_000)

it('needs the asking, and the claim where several tabs send', async () => {
  expect(await faultySeeds({ isFindOff: true })).toBeGreaterThan(0)
  expect(await faultySeeds({ isDeathUnnoticed: true })).toBeGreaterThan(0)
  expect(await faultySeeds({ isElectionOff: true })).toBe(0)
  expect(await faultySeeds({ isElectionOff: true, isClaimOff: true })).toBeGreaterThan(0)
}, 120_000)
