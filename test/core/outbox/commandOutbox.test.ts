import { describe, expect, it } from 'vitest'
import { CommandOutbox } from '../../../src/core/outbox'
import type { CommandOutboxOptions, Finding } from '../../../src/core/outbox'
import { ChatError } from '../../../src/model'
import type { ChatErrorInit, Command, OutboxItem } from '../../../src/model'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createTabs } from '../../support/fakeTabs'
import { createMemoryOutboxStore } from '../../support/memoryOutboxStore'

const clockStart = 1_000_000
const DAY = 24 * 60 * 60_000

function send(text: string): Command {
  return {
    type: 'sendMessage',
    outgoing: { conversationId: 'c1', clientId: text, parts: [{ kind: 'text', text }], delivery: 'stored' },
  }
}

function anItem(id: string, more: Partial<OutboxItem> = {}): OutboxItem {
  return { id, lane: 'c1', command: send(id), queuedAt: clockStart, state: 'queued', attempts: 0, ...more }
}

async function give(outbox: CommandOutbox, item: OutboxItem): Promise<void> {
  await outbox.add(item)
  await settle()
}

interface Call {
  readonly id: string
  readonly resolve: (result?: unknown) => void
  readonly fail: (init?: Partial<ChatErrorInit>) => void
  readonly alive: () => void
  isCancelled: boolean
}

function setUp(items: readonly OutboxItem[] = []) {
  const clock = createFakeClock(clockStart)
  const store = createMemoryOutboxStore(items)
  const tabs = createTabs(clock)
  function open(name: string, more: Partial<CommandOutboxOptions> = {}) {
    const calls: Call[] = []
    const log: string[] = []
    const found: (Finding | ChatError)[] = []
    const asked: string[] = []
    const outbox = new CommandOutbox({
      store,
      clock,
      tabs: tabs.tab(name),
      name: 'outbox',
      random: () => 1,
      run(item, onAlive) {
        const call = { id: item.id, isCancelled: false } as Call
        const result = new Promise<unknown>((resolve, reject) =>
          Object.assign(call, {
            resolve,
            alive: onAlive,
            fail: (init: Partial<ChatErrorInit> = {}) =>
              reject(new ChatError({ code: 'x', kind: 'other', ...init })),
          }),
        )
        calls.push(call)
        return { result, cancel: () => void (call.isCancelled = true) }
      },
      async find(item) {
        asked.push(item.id)
        const answer = found.shift() ?? 'unknown'
        if (answer instanceof ChatError) throw answer
        return answer
      },
      doubt: ({ type }) => (type === 'sendMessage' ? 'find' : 'again'),
      onChanged: ({ id, state }, isFromOtherTab) =>
        log.push(`${id} ${state}${isFromOtherTab ? ' there' : ''}`),
      onEnded: ({ id }, { end }, isFromOtherTab) => log.push(`${id} ${end}${isFromOtherTab ? ' there' : ''}`),
      ...more,
    })
    const ids = () => calls.map(({ id }) => id)
    return { outbox, calls, ids, log, found, asked }
  }
  return { clock, store, tabs, open }
}

async function setUpOnline(items: readonly OutboxItem[] = [], more: Partial<CommandOutboxOptions> = {}) {
  const world = setUp(items)
  const one = world.open('one', more)
  one.outbox.start(items)
  one.outbox.setOnline(true)
  await world.clock.advance(0)
  return { ...world, ...one }
}

describe('CommandOutbox', () => {
  it('keeps a command before it leaves, and sends it while there is a connection', async () => {
    const { clock, store, open } = setUp()
    const { outbox, calls, ids, log } = open('one')
    await give(outbox, anItem('1'))
    expect([...store.held.keys()]).toEqual(['1'])
    await clock.advance(10_000)
    expect(ids()).toEqual([])
    const result = outbox.result('1')
    outbox.setOnline(true)
    await clock.advance(0)
    expect(store.held.get('1')).toMatchObject({ state: 'sending', attempts: 1 })
    calls[0]?.resolve('yes')
    expect(await result).toBe('yes')
    await clock.advance(0)
    expect(store.held.size).toBe(0)
    expect(log).toEqual(['1 queued', '1 sending', '1 done'])
    expect(await outbox.result('1')).toBe('yes')
  })

  it('goes one after the other in a lane, and lanes side by side, eight at the most', async () => {
    const { clock, outbox, calls, ids } = await setUpOnline()
    for (const id of ['1', '2']) await give(outbox, anItem(id))
    for (let lane = 2; lane < 12; lane++) await give(outbox, anItem(`x${lane}`, { lane: `c${lane}` }))
    expect(ids()).toEqual(['1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8'])
    calls[0]?.resolve()
    await clock.advance(0)
    expect(ids().at(-1)).toBe('2')
  })

  it('lets a lane wait behind a head that waits, and waits longer each time', async () => {
    const { clock, outbox, calls, ids, store } = await setUpOnline()
    for (const id of ['1', '2']) await give(outbox, anItem(id))
    calls[0]?.fail({ retry: 'later' })
    await clock.advance(999)
    expect(ids()).toEqual(['1'])
    await clock.advance(1)
    calls[1]?.fail({ retry: 'later' })
    await clock.advance(1_999)
    expect(store.held.get('1')).toMatchObject({ state: 'queued', attempts: 2 })
    await clock.advance(1)
    expect(ids()).toEqual(['1', '1', '1'])
  })

  it('leaves the lane free after a final failure, and gives up after a day', async () => {
    const { clock, outbox, calls, ids, store } = await setUpOnline()
    for (const id of ['1', '2']) await give(outbox, anItem(id))
    await give(outbox, anItem('old', { lane: 'c2', queuedAt: clockStart - DAY }))
    const result = outbox.result('1')
    calls[0]?.fail({ kind: 'forbidden' })
    calls[1]?.fail({ retry: 'later' })
    await expect(result).rejects.toMatchObject({ kind: 'forbidden' })
    await clock.advance(0)
    expect(store.held.get('1')).toMatchObject({ state: 'failed', error: { kind: 'forbidden' } })
    expect(store.held.get('old')?.state).toBe('failed')
    expect(ids()).toEqual(['1', 'old', '2'])
  })

  it('waits for the connection without counting, and does not miss one that is back already', async () => {
    const { clock, outbox, calls, ids } = await setUpOnline()
    await give(outbox, anItem('1'))
    calls[0]?.fail({ kind: 'offline' })
    await clock.advance(10_000)
    expect(ids()).toEqual(['1'])
    outbox.setOnline(true)
    await clock.advance(0)
    calls[1]?.fail({ kind: 'offline' })
    outbox.setOnline(true)
    await clock.advance(0)
    expect(ids()).toEqual(['1', '1', '1'])
    calls[2]?.fail({ retry: 'later' })
    await clock.advance(1_000)
    expect(ids()).toHaveLength(4)
  })

  it.each([
    ['done', [{ done: 'there' }], 1, 'done'],
    ['absent', ['absent'], 2, 'sending'],
    ['unknown for a while', ['unknown', 'unknown', { done: 'there' }], 1, 'done'],
    ['unknown', [], 1, 'unsure'],
  ] as const)('asks before it sends again: %s', async (_name, answers, runs, end) => {
    const { clock, outbox, calls, ids, log, found } = await setUpOnline()
    found.push(...answers)
    await give(outbox, anItem('1'))
    calls[0]?.fail({ kind: 'timeout', effect: 'unknown' })
    await clock.advance(30_000)
    expect(ids()).toHaveLength(runs)
    expect(log.at(-1)).toBe(`1 ${end}`)
  })

  it('keeps the lane waiting while what was given up may still arrive', async () => {
    const { clock, outbox, calls, ids } = await setUpOnline([], { random: () => 0 })
    await give(outbox, anItem('1'))
    await give(outbox, anItem('2'))
    calls[0]?.fail({ kind: 'timeout', effect: 'unknown' })
    await clock.advance(10_000)
    expect(ids()).toEqual(['1'])
    await clock.advance(5_000)
    expect(outbox.item('1')?.state).toBe('unsure')
    expect(ids()).toEqual(['1', '2'])
  })

  it('does again what is harmless to do again, without asking', async () => {
    const { clock, outbox, calls, ids, asked } = await setUpOnline()
    await give(outbox, anItem('1', { command: { type: 'markAllRead' } }))
    calls[0]?.fail({ kind: 'timeout', effect: 'unknown' })
    await clock.advance(1_000)
    expect(ids()).toEqual(['1', '1'])
    expect(asked).toEqual([])
  })

  it('asks once more before a person sends what may have arrived', async () => {
    const { clock, outbox, calls, ids, log, found } = await setUpOnline()
    await give(outbox, anItem('1'))
    calls[0]?.fail({ effect: 'unknown' })
    await clock.advance(30_000)
    found.push({ done: 'there' })
    await outbox.resend('1')
    await clock.advance(0)
    expect(log.at(-1)).toBe('1 done')
    expect(ids()).toEqual(['1'])
  })

  it('does not send what is taken back while it is asked about', async () => {
    let answer: (finding: Finding) => void = () => {}
    const find = () => new Promise<Finding>((resolve) => (answer = resolve))
    const { clock, outbox, ids, log, store } = await setUpOnline([anItem('1')], { find })
    await outbox.cancel('1')
    answer('absent')
    await clock.advance(0)
    expect(ids()).toEqual([])
    expect(log.at(-1)).toBe('1 cancelled')
    expect(store.held.size).toBe(0)
  })

  it('asks again on the next line what was asked when the line ended', async () => {
    const lost = new ChatError({ code: 'lost', kind: 'offline', retry: 'later' })
    const answers: (Finding | ChatError)[] = [lost, { done: 'there' }]
    const { clock, outbox, ids, log } = await setUpOnline([anItem('1')], {
      async find() {
        const answer = answers.shift() ?? 'unknown'
        if (answer instanceof ChatError) throw answer
        return answer
      },
    })
    outbox.setOnline(false)
    await clock.advance(1_000)
    outbox.setOnline(true)
    await clock.advance(0)
    expect(ids()).toEqual([])
    expect(log.at(-1)).toBe('1 done')
  })

  it('stops waiting for a run that never answers, unless it shows progress', async () => {
    const { clock, outbox, calls, asked } = await setUpOnline()
    await give(outbox, anItem('1'))
    await clock.advance(59_000)
    calls[0]?.alive()
    await clock.advance(59_000)
    expect(asked).toEqual([])
    await clock.advance(1_000)
    expect(asked).toEqual(['1'])
    expect(calls[0]?.isCancelled).toBe(true)
    calls[0]?.resolve('late')
    await clock.advance(0)
    expect(outbox.items()).toEqual([])
  })

  it('settles what a dead page was sending before anything else of the lane', async () => {
    const items = [anItem('1', { state: 'sending', attempts: 1 }), anItem('2')]
    const { ids, asked, outbox, clock } = await setUpOnline(items)
    expect(asked).toEqual(['1'])
    expect(ids()).toEqual([])
    await clock.advance(60_000)
    expect(outbox.item('1')?.state).toBe('unsure')
    expect(ids()).toEqual(['2', '2'].slice(0, ids().length))
  })

  it('cancels what has not left, calls back what is being sent, and believes what is too late', async () => {
    const { clock, outbox, calls, ids, log, store } = await setUpOnline()
    for (const id of ['1', '2', '3']) await give(outbox, anItem(id))
    await outbox.cancel('2')
    expect([...store.held.keys()]).toEqual(['1', '3'])
    await outbox.cancel('1')
    expect(calls[0]?.isCancelled).toBe(true)
    calls[0]?.resolve()
    await clock.advance(0)
    expect(log).toContain('1 done')
    await outbox.cancel('3')
    calls[1]?.fail({ kind: 'cancelled' })
    await clock.advance(0)
    expect(log.at(-1)).toBe('3 cancelled')
    expect(store.held.size).toBe(0)
    expect(ids()).toEqual(['1', '3'])
  })

  it('keeps what a backend calls off by itself, and sends it again when the connection is back', async () => {
    const { clock, outbox, calls, ids, log, store, found } = await setUpOnline()
    await give(outbox, anItem('1'))
    await give(outbox, anItem('2', { lane: 'c2' }))
    found.push('absent')
    outbox.setOnline(false)
    calls[0]?.fail({ kind: 'cancelled' })
    calls[1]?.fail({ kind: 'cancelled', effect: 'unknown' })
    await clock.advance(0)
    expect([...store.held.keys()]).toEqual(['1', '2'])
    expect(log.some((line) => line.includes('cancelled'))).toBe(false)
    outbox.setOnline(true)
    await clock.advance(2_000)
    expect(ids()).toEqual(['1', '2', '1', '2'])
  })

  it('lets go of a called back command that never answers', async () => {
    const { clock, outbox, log, found } = await setUpOnline()
    found.push('unknown')
    await give(outbox, anItem('1'))
    await outbox.cancel('1')
    await clock.advance(5_000)
    expect(log.at(-1)).toBe('1 cancelled')
  })

  it('sends again behind what waits by now, and all at once on wish', async () => {
    const { clock, outbox, calls, ids } = await setUpOnline()
    for (const id of ['1', '2', '3']) await give(outbox, anItem(id))
    calls[0]?.fail({ kind: 'muted' })
    await clock.advance(10)
    await outbox.retryAll()
    expect(outbox.items().map(({ id }) => id)).toEqual(['2', '3', '1'])
    calls[1]?.resolve()
    await clock.advance(0)
    calls[2]?.resolve()
    await clock.advance(0)
    expect(ids()).toEqual(['1', '2', '3', '1'])
    calls[3]?.fail({ kind: 'muted' })
    await clock.advance(0)
    await outbox.dropAllFailed()
    expect(outbox.items()).toEqual([])
  })

  it('replaces an older command that waits, and both learn the same', async () => {
    const { clock, outbox, calls, ids, log } = await setUpOnline([], {
      replaces: (older, newer) => older.type === newer.type,
    })
    for (const id of ['1', '2']) await give(outbox, anItem(id, { command: { type: 'markAllRead' } }))
    const older = outbox.result('2')
    await give(outbox, anItem('3', { command: { type: 'markAllRead' } }))
    expect(log.at(-1)).toBe('2 replaced')
    calls[0]?.resolve()
    await clock.advance(0)
    calls[1]?.resolve('all')
    expect(await older).toBe('all')
    expect(ids()).toEqual(['1', '3'])
  })

  it('takes no more than it may', async () => {
    const { outbox, store } = await setUpOnline([], { maxItems: 1 })
    await give(outbox, anItem('1'))
    await expect(outbox.add(anItem('2'))).rejects.toMatchObject({ code: 'outbox-full', kind: 'full' })
    expect([...store.held.keys()]).toEqual(['1'])
  })

  it('believes the echo, whatever the attempt says later', async () => {
    const { clock, outbox, calls, ids, log, store } = await setUpOnline()
    for (const id of ['1', '2']) await give(outbox, anItem(id))
    await outbox.confirm('1', 'echo')
    await clock.advance(0)
    expect(ids()).toEqual(['1', '2'])
    calls[0]?.fail({ kind: 'forbidden' })
    await clock.advance(0)
    expect(log).toContain('1 done')
    expect([...store.held.keys()]).toEqual(['2'])
    expect(await outbox.result('1')).toBe('echo')
  })

  it('leaves nothing behind when it stops', async () => {
    const { clock, outbox, calls, log, store, tabs } = await setUpOnline()
    await give(outbox, anItem('1'))
    const result = outbox.result('1')
    outbox.stop()
    await expect(result).rejects.toMatchObject({ code: 'stopped' })
    const before = [...log]
    calls[0]?.resolve()
    await clock.advance(DAY)
    expect(log).toEqual(before)
    expect(store.held.get('1')?.state).toBe('sending')
    expect(tabs.openCount()).toBe(0)
  })

  it('goes on when what it is given throws', async () => {
    const faults: unknown[] = []
    const { clock, outbox, calls, store } = await setUpOnline([], {
      onChanged: () => {
        throw new Error('onChanged')
      },
      onFault: (error) => faults.push(error.cause),
    })
    await give(outbox, anItem('1'))
    calls[0]?.resolve()
    await clock.advance(0)
    expect(store.held.size).toBe(0)
    expect(faults).toHaveLength(2)
  })
})

describe('CommandOutbox over a slow store', () => {
  it('does not send what is called back while it is claimed, and brings nothing back', async () => {
    const clock = createFakeClock(clockStart)
    const store = createMemoryOutboxStore([], () => new Promise((resolve) => clock.after(100, resolve)))
    const { outbox, calls, log } = setUp().open('one', { store, clock })
    outbox.setOnline(true)
    const added = outbox.add(anItem('1'))
    await clock.advance(150)
    const cancelled = outbox.cancel('1')
    await clock.advance(1_000)
    await Promise.all([added, cancelled])
    expect(calls).toEqual([])
    expect(log.at(-1)).toBe('1 cancelled')
    expect(store.held.size).toBe(0)
    const resent = outbox.resend('1')
    await clock.advance(1_000)
    await resent
    expect(outbox.items()).toEqual([])
  })

  it('cancels what is still being written', async () => {
    const clock = createFakeClock(clockStart)
    const store = createMemoryOutboxStore([], () => new Promise((resolve) => clock.after(100, resolve)))
    const { outbox, calls } = setUp().open('one', { store, clock })
    outbox.setOnline(true)
    await clock.advance(1_000)
    const added = outbox.add(anItem('1'))
    const cancelled = outbox.cancel('1')
    await clock.advance(1_000)
    await Promise.all([added, cancelled])
    expect(calls).toEqual([])
    expect(store.held.size).toBe(0)
    await expect(outbox.result('1')).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

describe('a command that counts as given once it is shown', () => {
  const slowly = (ms: number) => {
    const world = setUp()
    const { clock } = world
    const store = createMemoryOutboxStore([], () => new Promise((resolve) => clock.after(ms, resolve)))
    return { ...world, open: (name: string) => world.open(name, { store, isToldOnceKept: () => true }) }
  }

  it('is told of once it is kept, here and in the other tabs', async () => {
    const { clock, open } = slowly(100)
    const [one, two] = [open('one'), open('two')]
    void one.outbox.add(anItem('1'))
    await clock.advance(99)
    expect(one.outbox.items()).toHaveLength(1)
    expect(two.outbox.items()).toHaveLength(1)
    expect([one.log, two.log]).toEqual([[], []])
    await clock.advance(1)
    expect([one.log, two.log]).toEqual([['1 queued'], ['1 queued there']])
  })

  it('is told of after two seconds where keeping takes longer', async () => {
    const { clock, open } = slowly(10_000)
    const [one, two] = [open('one'), open('two')]
    void one.outbox.add(anItem('1'))
    await clock.advance(2_000)
    expect([one.log, two.log]).toEqual([['1 queued'], []])
    await clock.advance(8_000)
    expect([one.log, two.log]).toEqual([['1 queued'], ['1 queued there']])
  })

  it('is told of where another tab finds it kept', async () => {
    const { clock, tabs, open } = slowly(100)
    const [one, two] = [open('one'), open('two')]
    two.outbox.start([])
    two.outbox.setOnline(true)
    await clock.advance(200)
    void one.outbox.add(anItem('1'))
    await clock.advance(50)
    tabs.kill('one')
    await clock.advance(150)
    expect(two.log).toEqual(['1 sending'])
  })

  it('that cannot be kept leaves as it came', async () => {
    const { store, open } = setUp()
    const refusing = { ...store, add: () => Promise.reject(new ChatError({ code: 'x', kind: 'invalid' })) }
    const { outbox, log } = open('one', { store: refusing, isToldOnceKept: () => true })
    await expect(outbox.add(anItem('1'))).rejects.toMatchObject({ kind: 'invalid' })
    expect(log).toEqual(['1 cancelled'])
    expect(outbox.items()).toEqual([])
  })
})

describe('a tab that dies before it has told what it kept', () => {
  it.each([true, false])(
    'leaves it to those who live, in its place (they are online: %s)',
    async (isOnline) => {
      const { clock, store, tabs, open } = setUp()
      const two = open('two', { tabId: 'two' })
      open('one', { tabId: 'one' })
      two.outbox.start([])
      two.outbox.setOnline(isOnline)
      await clock.advance(0)
      await store.add(anItem('1'))
      tabs.kill('one')
      await clock.advance(0)
      expect(two.log[0]).toBe('1 queued there')
      await give(two.outbox, anItem('2'))
      two.outbox.setOnline(true)
      await clock.advance(0)
      two.calls[0]?.resolve()
      await clock.advance(0)
      expect(two.ids()).toEqual(['1', '2'])
    },
  )

  it('is noticed by those who were there before and by those who came later, once', async () => {
    const { clock, store, tabs, open } = setUp()
    let reads = 0
    const counting = { ...store, all: () => (reads++, store.all()) }
    open('one', { tabId: 'one', store: counting })
    await clock.advance(0)
    open('two', { tabId: 'two', store: counting })
    await clock.advance(0)
    open('three', { tabId: 'three', store: counting })
    await clock.advance(0)
    tabs.kill('two')
    await clock.advance(0)
    expect(reads).toBe(2)
  })

  it('is noticed after many have come and gone', async () => {
    const { clock, store, tabs, open } = setUp()
    let reads = 0
    const counting = { ...store, all: () => (reads++, store.all()) }
    open('one', { tabId: 'one', store: counting })
    for (let count = 1; count <= 1_500; count++) {
      open(`${count}`, { tabId: `${count}` })
      await clock.advance(0)
      tabs.kill(`${count}`)
      await clock.advance(0)
    }
    expect(reads).toBe(1_500)
  })

  it('does not end who lives where nothing can be held', async () => {
    const { clock, tabs, open } = setUp()
    const unheld = (name: string) => ({
      ...tabs.tab(name),
      hold: (_: string, onHeld: () => void) => (onHeld(), () => {}),
    })
    for (const name of ['one', 'two']) open(name, { tabId: name, tabs: unheld(name) })
    await clock.advance(1_000)
    const three = open('three', { tabId: 'three', tabs: unheld('three') })
    three.outbox.setOnline(true)
    await give(three.outbox, anItem('1'))
    expect(three.ids()).toEqual(['1'])
  })
})

describe('CommandOutbox in several tabs', () => {
  it('sends in one tab what any tab adds, and tells all', async () => {
    const { clock, tabs, open } = setUp()
    const one = open('one')
    const two = open('two')
    for (const { outbox } of [one, two]) outbox.setOnline(true)
    await clock.advance(0)
    expect(tabs.holderOf('outbox')).toBe('one')
    await give(two.outbox, anItem('1'))
    const result = two.outbox.result('1')
    await clock.advance(0)
    expect([one.ids(), two.ids()]).toEqual([['1'], []])
    one.calls[0]?.resolve('yes')
    await clock.advance(0)
    expect(await result).toBe('yes')
    expect(two.log).toEqual(['1 queued', '1 sending there', '1 done there'])
    expect(one.log).toEqual(['1 queued there', '1 sending', '1 done'])
  })

  it('lets another tab send when this one has no connection', async () => {
    const { clock, tabs, open } = setUp()
    const one = open('one')
    const two = open('two')
    for (const { outbox } of [one, two]) outbox.setOnline(true)
    await give(one.outbox, anItem('1'))
    await clock.advance(0)
    one.outbox.setOnline(false)
    await clock.advance(0)
    expect(tabs.holderOf('outbox')).toBe('one')
    one.calls[0]?.fail({ kind: 'offline' })
    await clock.advance(0)
    expect(tabs.holderOf('outbox')).toBe('two')
    expect(two.ids()).toEqual(['1'])
  })

  it('takes over from a tab that dies, and asks about what it was sending', async () => {
    const { clock, tabs, open } = setUp()
    const one = open('one')
    const two = open('two')
    for (const { outbox } of [one, two]) outbox.setOnline(true)
    await give(one.outbox, anItem('1'))
    await clock.advance(0)
    two.found.push({ done: 'there' })
    tabs.kill('one')
    await clock.advance(0)
    expect(two.asked).toEqual(['1'])
    expect(two.log.at(-1)).toBe('1 done')
  })

  it('cancels and confirms from a tab that does not send', async () => {
    const { clock, store, open } = setUp()
    const one = open('one')
    const two = open('two')
    for (const { outbox } of [one, two]) outbox.setOnline(true)
    for (const id of ['1', '2', '3']) await give(one.outbox, anItem(id))
    await clock.advance(0)
    await two.outbox.cancel('2')
    await two.outbox.cancel('1')
    await clock.advance(0)
    expect(one.calls[0]?.isCancelled).toBe(true)
    one.calls[0]?.fail({ kind: 'cancelled' })
    await clock.advance(0)
    expect(one.log).toContain('2 cancelled there')
    expect(two.log).toContain('1 cancelled there')
    expect(one.ids()).toEqual(['1', '3'])
    await two.outbox.confirm('3', 'echo')
    await clock.advance(0)
    one.calls[1]?.fail({ kind: 'forbidden' })
    await clock.advance(0)
    expect(one.log.at(-1)).toBe('3 done there')
    expect(store.held.size).toBe(0)
  })

  it('ignores what is odd on the line, and what is nowhere', async () => {
    const { clock, tabs, open } = setUp()
    const one = open('one')
    one.outbox.setOnline(true)
    const line = tabs.tab('strange').open('outbox', () => {})
    for (const odd of [
      null,
      7,
      {},
      { type: 'added' },
      { type: 'added', item: { id: 1 } },
      { type: 'ended', id: 'x' },
    ]) {
      line.post(odd)
    }
    line.post({ type: 'added', item: { ...anItem('odd'), attempts: NaN } })
    await clock.advance(0)
    expect(one.log).toEqual([])
    line.post({ type: 'added', item: anItem('ghost') })
    await give(one.outbox, anItem('1', { lane: 'c2' }))
    await clock.advance(1_000)
    expect(one.ids()).toEqual(['1'])
    expect(one.log).toContain('ghost cancelled there')
  })
})

describe('a tab whose store is its own', () => {
  it('sends what it keeps whoever sends for the others, and tells them nothing of it', async () => {
    const { tabs, clock, open, store } = setUp()
    const one = open('one')
    const own = createMemoryOutboxStore()
    const two = open('two', { store: { ...own, isAlone: () => true } })
    for (const { outbox } of [one, two]) {
      outbox.start([])
      outbox.setOnline(true)
      await clock.advance(0)
    }
    expect(tabs.holderOf('outbox')).toBe('one')
    await give(two.outbox, anItem('1'))
    await give(one.outbox, anItem('2'))
    await clock.advance(2_000)
    expect([one.ids(), two.ids()]).toEqual([['2'], ['1']])
    expect([one.log, two.log].map((log) => log.filter((line) => line.includes('there')))).toEqual([[], []])
    expect([...store.held.keys()]).toEqual(['2'])
  })

  it('sends no longer for others once it is alone, and asks about what both have', async () => {
    const items = [anItem('1'), anItem('2', { lane: 'c2' })]
    const { tabs, clock, open, store } = setUp(items)
    const own = createMemoryOutboxStore(items)
    let current = store
    let isAlone = false
    const one = open('one', {
      store: {
        add: (item) => current.add(item),
        all: () => current.all(),
        change: (id, change) => current.change(id, change),
        isAlone: () => isAlone,
      },
    })
    const two = open('two')
    one.outbox.start(items)
    two.outbox.start(items)
    for (const { outbox } of [two, one]) outbox.setOnline(false)
    one.outbox.setOnline(true)
    current = own
    isAlone = true
    one.found.push({ done: 'sent by the other' }, 'absent')
    one.outbox.goAlone()
    two.outbox.setOnline(false)
    await clock.advance(0)
    expect(one.asked).toEqual(['1', '2'])
    expect(one.ids()).toEqual(['2'])
    one.calls[0]?.resolve()
    await clock.advance(0)
    expect([own.held.size, store.held.size]).toEqual([0, 0])
    expect(two.log).toEqual(['1 done there', '2 done there'])
    expect(tabs.holderOf('outbox')).toBeUndefined()
  })

  it('asks before it sends what an earlier page has left', async () => {
    const { ids, asked } = await setUpOnline([anItem('1'), anItem('2', { command: { type: 'markAllRead' } })])
    expect(asked).toEqual(['1'])
    expect(ids()).toEqual(['1'])
  })
})

it('tells of a store that refuses, even where nobody waits for it', async () => {
  let isRefusing = false
  const own = createMemoryOutboxStore()
  const refused = new ChatError({ code: 'refused', kind: 'other' })
  const faults: unknown[] = []
  const { clock, outbox, calls, tabs } = await setUpOnline([], {
    store: { ...own, change: (...args) => (isRefusing ? Promise.reject(refused) : own.change(...args)) },
    onFault(error) {
      faults.push(error)
      throw new Error('and its listener fails')
    },
  })
  await give(outbox, anItem('1'))
  await outbox.cancel('1')
  await clock.advance(5_000)
  await give(outbox, anItem('2', { lane: 'c2' }))
  isRefusing = true
  calls[0]?.resolve('late')
  const line = tabs.tab('other').open('outbox', () => {})
  line.post({ type: 'ended', id: '2', ending: { end: 'done' }, isElsewhere: true })
  await clock.advance(0)
  expect(faults).toEqual([refused, refused])
})
