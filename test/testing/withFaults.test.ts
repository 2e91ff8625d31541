import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientKey } from '../../src/model'
import type { ChatErrorShape, TransportEvent } from '../../src/model'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { skewedClock, withFaults } from '../../src/testing'
import type { Faults, FaultyTransport } from '../../src/testing'
import { createVirtualClock } from '../support/virtualClock'
import type { VirtualClock } from '../support/virtualClock'
import { countingIds, noCredentials, outgoing, textOf } from '../transports/embedded/visit'

let clock: VirtualClock
let service: EmbeddedService
let id: string

/** Bob writes through a good network; Alice sits behind the bad one. */
let bob: FaultyTransport

async function begin(): Promise<void> {
  clock = createVirtualClock()
  service = createEmbeddedService({ name: 'faults', storage: 'memory', clock, ids: countingIds() })
  for (const userId of ['alice', 'bob']) await service.addUser({ id: userId })
  bob = await signIn('bob', {})
  ;({ id } = await bob.conversations.open({ userId: 'alice' }))
}

beforeEach(begin)
afterEach(() => service.close())

async function signIn(userId: string, faults: Partial<Faults>): Promise<FaultyTransport> {
  const transport = withFaults(createEmbeddedTransport({ service }), { seed: 1, clock, ...faults })
  transport.connect({ userId, credentials: noCredentials })
  await clock.advance(2_000)
  return transport
}

function listen(transport: FaultyTransport): TransportEvent[] {
  const told: TransportEvent[] = []
  transport.subscribe((events) => void told.push(...events))
  return told
}

/** How a call ended, without waiting for it. */
function watch<T>(result: Promise<T>): { value?: T; error?: ChatErrorShape } {
  const end: { value?: T; error?: ChatErrorShape } = {}
  result.then(
    (value) => (end.value = value),
    (error: ChatErrorShape) => (end.error = error),
  )
  return end
}

async function history(transport: FaultyTransport): Promise<readonly (string | undefined)[]> {
  const page = await transport.messages.history({
    conversationId: id,
    from: 'newest',
    direction: 'older',
    count: 100,
  })
  return page.messages.map(textOf)
}

const BAD: Partial<Faults> = {
  latency: { min: 0, max: 400 },
  loss: 0.1,
  duplicate: 0.3,
  reorder: 0.3,
  disconnect: 0.01,
  hang: 0.05,
  refuse: 0.08,
  pages: 0.5,
  clockSkew: 90_000,
}

/** A while of talk through bad weather; gives all that was told and answered. */
async function talk(
  seed: number,
  steps = 60,
): Promise<{ alice: FaultyTransport; told: TransportEvent[]; trace: string }> {
  const alice = await signIn('alice', { ...BAD, seed })
  const told = listen(alice)
  const answers: string[] = []
  const note = (name: string, call: Promise<unknown>) =>
    call.then(
      () => answers.push(`${clock.now()} ${name} ok`),
      (error: ChatErrorShape) => answers.push(`${clock.now()} ${name} ${error.kind} ${error.effect}`),
    )
  for (let step = 0; step < steps; step++) {
    void bob.messages.send(outgoing(id, `bob ${step}`, { clientId: `b${step}` })).result
    void note('send', alice.messages.send(outgoing(id, `alice ${step}`, { clientId: `a${step}` })).result)
    void note(
      'read',
      alice.conversations.markRead?.(id, { conversationId: id, keys: [clientKey('bob', `b${step}`)] }) ??
        Promise.resolve(),
    )
    if (step % 5 === 0) {
      const newest = { conversationId: id, from: 'newest', direction: 'older', count: 5 } as const
      const page = alice.messages.history(newest)
      void note('newest', page)
      page.then(
        ({ older }) => {
          if ('cursor' in older) void note('older', alice.messages.history({ ...newest, from: older }))
        },
        () => {},
      )
    }
    await clock.advance(300)
  }
  alice.calm()
  await clock.advance(120_000)
  return { alice, told, trace: [...answers, ...told.map((event) => JSON.stringify(event))].join('\n') }
}

describe('a transport with faults', () => {
  it('is the transport itself where nothing goes wrong', async () => {
    const alice = await signIn('alice', {})
    const told = listen(alice)
    await bob.messages.send(outgoing(id, 'hello')).result
    await clock.settle()
    expect(told.map(({ type }) => type)).toContain('message.received')
    expect(await history(alice)).toEqual(['hello'])
    expect(alice.can('messages.send', { conversationId: id })).toBe('yes')
    expect(Object.values(alice.counts()).every((count) => count === 0)).toBe(true)
  })

  it('does the same with the same seed, and something else with another', async () => {
    const first = (await talk(7)).trace
    service.close()
    await begin()
    const second = (await talk(7)).trace
    service.close()
    await begin()
    const other = (await talk(8)).trace
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })

  it('lets every kind of thing go wrong', async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 8; seed++) {
      const { alice } = await talk(seed, 100)
      await alice.kill()
      for (const [name, count] of Object.entries(alice.counts())) if (count > 0) seen.add(name)
    }
    const never = Object.keys(bob.counts()).filter((name) => !seen.has(name))
    expect(never).toEqual([])
  })

  it('makes each message once, whatever was said of it', async () => {
    await talk(11)
    const texts = (await history(bob)).filter((text) => text?.startsWith('alice'))
    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('what is promised to the kit', () => {
  it.each([1, 2, 3, 4, 5])(
    'holds: no message is missed without a word, and none told too early (seed %i)',
    async (seed) => {
      const { told, alice } = await talk(seed)
      const all = await history(bob)
      const known = new Set<string>()
      const conversations = new Set<string>()
      let hasDoubt = false
      for (const event of told) {
        if (event.type === 'conversation.changed')
          event.conversations.forEach((it) => conversations.add(it.id))
        if (event.type === 'timeline.interrupted') hasDoubt = true
        if (event.type === 'session.changed' && event.session.state === 'online') {
          if (!event.session.hasContinuity) hasDoubt = true
        }
        if (event.type !== 'message.received') continue
        for (const message of event.messages) {
          expect(conversations).toContain(message.conversationId)
          known.add(textOf(message) ?? '')
        }
      }
      const missing = all.filter((text) => !known.has(text ?? ''))
      expect(missing.length === 0 || hasDoubt).toBe(true)
      expect(alice.session()).toMatchObject({ state: 'online', isCatchingUp: false })
    },
  )

  it('holds: a checkpoint covers only what was told', async () => {
    const alice = await signIn('alice', { reorder: 1, latency: 50 })
    const told = listen(alice)
    for (const text of ['one', 'two', 'three']) {
      await bob.messages.send(outgoing(id, text)).result
      await clock.advance(100)
    }
    await clock.advance(30_000)
    let toldCount = 0
    for (const event of told) {
      if (event.type === 'message.received') toldCount += event.messages.length
      if (event.type !== 'checkpoint.advanced') continue
      const probe = createEmbeddedTransport({ service })
      const missed: TransportEvent[] = []
      probe.subscribe((events) => void missed.push(...events))
      probe.connect({ userId: 'alice', credentials: noCredentials, checkpoint: event.checkpoint })
      await clock.settle()
      const rest = missed.flatMap((it) => (it.type === 'message.received' ? it.messages : []))
      expect(rest.length + toldCount).toBeGreaterThanOrEqual(3)
      await probe.disconnect()
    }
    expect(toldCount).toBe(3)
  })

  it('holds: nobody says "absent" of a message that can still arrive', async () => {
    let lateCount = 0
    for (let seed = 1; seed <= 30; seed++) {
      const alice = await signIn('alice', { seed, loss: 0.5, latency: 100 })
      const clientId = `late${seed}`
      const sent = watch(alice.messages.send(outgoing(id, clientId, { clientId })).result)
      await clock.advance(300)
      const before = { ...alice.counts() }
      alice.calm()
      const found = await alice.messages.find({ conversationId: id, keys: [clientKey('alice', clientId)] })
      await clock.advance(20_000)
      const isThere = (await history(bob)).includes(clientId)
      if (found === 'absent') expect(isThere).toBe(false)
      if (sent.error?.effect === 'none') expect(isThere).toBe(false)
      if (sent.value) expect(isThere).toBe(true)
      lateCount += before.arrivedLate
      await alice.disconnect()
    }
    expect(lateCount).toBeGreaterThan(0)
  })

  it('holds: what was missed is told when the line comes back, and does not ring', async () => {
    let caughtUp = 0
    for (let seed = 1; seed <= 10; seed++) {
      const alice = await signIn('alice', { seed, disconnect: 1 })
      const told = listen(alice)
      await alice.messages.find({ conversationId: id, keys: ['x'] }).catch(() => {})
      expect(alice.session().state).toBe('reconnecting')
      expect(alice.can('messages.send')).toMatchObject({ kind: 'offline' })
      await expect(alice.conversations.list()).rejects.toMatchObject({ kind: 'offline', effect: 'none' })
      await bob.messages.send(outgoing(id, `missed ${seed}`)).result
      await clock.settle()
      alice.calm()
      expect(alice.session()).toMatchObject({ state: 'online', isCatchingUp: false })
      const received = told.filter((event) => event.type === 'message.received')
      expect(received.every(({ isLive }) => !isLive)).toBe(true)
      expect(received.length).toBe(alice.counts().caughtUp)
      caughtUp += alice.counts().caughtUp
      await alice.disconnect()
    }
    expect(caughtUp).toBeGreaterThan(0)
    expect(caughtUp).toBeLessThan(10)
  })
})

describe('the hand on the network', () => {
  it('ends what hangs when it calms', async () => {
    await bob.messages.send(outgoing(id, 'hello')).result
    const alice = await signIn('alice', { hang: 1, latency: 10 })
    const call = watch(alice.conversations.list())
    await clock.advance(30_000)
    expect(call).toEqual({})
    alice.calm()
    await clock.settle()
    expect(call.error?.kind).toBe('timeout')
    expect((await alice.conversations.list()).items).toHaveLength(1)
  })

  it('kills: nothing settles, nothing comes, nothing waits', async () => {
    const alice = await signIn('alice', { latency: 100 })
    const told = listen(alice)
    const waiting = clock.waiting()
    const calls = [
      watch(alice.conversations.list()),
      watch(alice.messages.send(outgoing(id, 'last words', { clientId: 'last' })).result),
    ]
    await alice.kill()
    await bob.messages.send(outgoing(id, 'too late')).result
    const afterwards = watch(alice.conversations.list())
    expect(clock.waiting()).toBe(waiting)
    await clock.advance(100_000)
    expect([...calls, afterwards]).toEqual([{}, {}, {}])
    expect(told).toEqual([])
  })

  it('lets nothing come after the sign-out', async () => {
    const alice = await signIn('alice', { latency: 500, duplicate: 1, reorder: 0.5 })
    const told = listen(alice)
    for (const text of ['one', 'two']) await bob.messages.send(outgoing(id, text)).result
    await clock.advance(600)
    await alice.disconnect()
    const count = told.length
    expect(alice.session().state).toBe('offline')
    await clock.advance(60_000)
    expect(told).toHaveLength(count)
  })

  it('tells how wrong the clock is', async () => {
    const alice = withFaults(createEmbeddedTransport({ service }), { seed: 1, clock, clockSkew: 5_000 })
    const told = listen(alice)
    alice.connect({ userId: 'alice', credentials: noCredentials })
    await clock.settle()
    const measured = told.find((event) => event.type === 'clock.measured')
    const device = skewedClock(clock, 5_000)
    expect(device.now() + (measured?.offsetMs ?? 0)).toBe(clock.now())
  })

  it('breaks the line when it is told to, and it comes back', async () => {
    const alice = await signIn('alice', {})
    const told = listen(alice)
    alice.cut()
    alice.cut()
    expect(alice.session().state).toBe('reconnecting')
    await expect(alice.conversations.list()).rejects.toMatchObject({ kind: 'offline', effect: 'none' })
    await bob.messages.send(outgoing(id, 'meanwhile')).result
    await clock.advance(10_000)
    expect(alice.session().state).toBe('online')
    const states = told.flatMap((event) => (event.type === 'session.changed' ? event.session.state : []))
    expect(states[0]).toBe('reconnecting')
    expect(states.at(-1)).toBe('online')
    expect(await history(alice)).toContain('meanwhile')
  })

  it('sends a message as it was when it was handed over', async () => {
    const alice = await signIn('alice', { latency: 500 })
    const parts = [{ kind: 'text', text: 'before' } as { kind: 'text'; text: string }]
    const sending = alice.messages.send({ ...outgoing(id, ''), parts }).result
    parts[0]!.text = 'after'
    await clock.advance(2_000)
    expect(textOf(await sending)).toBe('before')
  })
})
