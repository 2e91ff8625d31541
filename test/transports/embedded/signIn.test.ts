import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Transport } from '../../../src/core/ports'
import { ChatError } from '../../../src/model'
import type { CredentialsAsk, CredentialsProvider, SessionState } from '../../../src/model'
import { createEmbeddedTransport } from '../../../src/transports/embedded'
import type {
  CredentialsVerdict,
  EmbeddedService,
  EmbeddedTransportOptions,
} from '../../../src/transports/embedded'
import { createFakeClock } from '../../support/fakeClock'
import { closeServices, freshName, openService, twoPeople } from './twoPeople'
import { heard, noCredentials, visit } from './visit'

afterEach(closeServices)

interface Device {
  readonly transport: Transport
  readonly states: SessionState[]
}

function deviceOf(
  service: EmbeddedService,
  credentials: CredentialsProvider = noCredentials,
  more: Omit<EmbeddedTransportOptions, 'service'> = {},
): Device {
  const transport = createEmbeddedTransport({ service, ...more })
  const states: SessionState[] = []
  transport.subscribe((events) => {
    for (const event of events) if (event.type === 'session.changed') states.push(event.session)
  })
  transport.connect({ userId: 'alice', credentials })
  return { transport, states }
}

const reaches = ({ transport }: Device, state: SessionState['state']) =>
  heard(transport, () => expect(transport.session().state).toBe(state))

async function online(device: Device): Promise<Device> {
  await heard(device.transport, () =>
    expect(device.transport.session()).toMatchObject({ state: 'online', isCatchingUp: false }),
  )
  return device
}

/** Gives one secret after the other, and writes down why it was asked. */
function provider(...secrets: readonly string[]) {
  const asks: CredentialsAsk[] = []
  const give: CredentialsProvider = async (ask) => {
    asks.push(ask)
    return { secret: secrets[asks.length - 1] ?? 'none left' }
  }
  return { asks, give }
}

/** A service for which each secret says what it is. */
const strict = () =>
  twoPeople({ credentials: (_userId, { secret }) => secret as CredentialsVerdict, storage: 'memory' })

describe('Credentials', () => {
  it('are asked for once when they are good', async () => {
    const { asks, give } = provider('ok')
    await online(deviceOf(await strict(), give, { deviceId: 'phone-1' }))
    expect(asks).toEqual([{ userId: 'alice', reason: 'sign-in', clientId: 'phone-1' }])
  })

  it.each([
    [['expired', 'ok'], ['sign-in', 'expired'], undefined],
    [['wrong', 'ok'], ['sign-in', 'rejected'], undefined],
    [['expired', 'wrong', 'ok'], ['sign-in', 'expired', 'rejected'], undefined],
    [['expired', 'expired', 'ok'], ['sign-in', 'expired'], 70001],
    [['wrong', 'wrong', 'ok'], ['sign-in', 'rejected'], 70003],
    [['nonsense', 'wrong'], ['sign-in', 'rejected'], 70003],
  ])('%j are asked for as %j', async (secrets, reasons, code) => {
    const { asks, give } = provider(...secrets)
    const device = deviceOf(await strict(), give)
    await reaches(device, code ? 'credentials-needed' : 'online')
    expect(asks.map((ask) => ask.reason)).toEqual(reasons)
    if (code) expect(device.transport.session()).toMatchObject({ error: { code, kind: 'signed-out' } })
  })

  it('of somebody banned are the end', async () => {
    const device = deviceOf(await strict(), provider('banned').give)
    await reaches(device, 'banned')
    expect(device.states.map(({ state }) => state)).toEqual(['connecting', 'banned'])
  })

  it('that the app cannot give, or gives in a shape that is none, are the end too', async () => {
    const failing = deviceOf(await strict(), () => Promise.reject(new Error('no server')))
    await reaches(failing, 'credentials-needed')
    expect(failing.transport.session()).toMatchObject({ error: { code: 'no-credentials' } })
    const throwing = deviceOf(await strict(), () => {
      throw new Error('at once')
    })
    await reaches(throwing, 'credentials-needed')
    const shapeless = deviceOf(await strict(), async () => 'ok' as never)
    await reaches(shapeless, 'credentials-needed')
    const offline = new ChatError({ code: 'no-network', kind: 'offline' })
    const cut = deviceOf(await strict(), () => Promise.reject(offline))
    await reaches(cut, 'offline')
    expect(cut.transport.session()).toMatchObject({ error: { code: 'no-network' } })
  })

  it('that never come are waited for half a minute', async () => {
    const clock = createFakeClock()
    const service = await twoPeople({ clock, storage: 'memory', credentials: () => 'ok' })
    let asked = 0
    const device = deviceOf(service, () => {
      asked += 1
      return new Promise(() => undefined)
    })
    const call = device.transport.conversations.list()
    await clock.advance(29_999)
    expect(device.transport.session().state).toBe('connecting')
    await clock.advance(1)
    await expect(call).rejects.toMatchObject({ code: 'credentials-late', kind: 'timeout' })
    expect(device.transport.session()).toMatchObject({ state: 'offline', error: { kind: 'timeout' } })
    expect(asked).toBe(1)
  })

  it('are waited for no longer than somebody wants to sign in', async () => {
    const service = await twoPeople({ storage: 'memory', credentials: () => 'ok' })
    const device = deviceOf(service, () => new Promise(() => undefined))
    const call = device.transport.conversations.list()
    const refused = expect(call).rejects.toMatchObject({ code: 6014 })
    // The provider is asked a few turns later.
    await new Promise((resolve) => setImmediate(resolve))
    await device.transport.disconnect()
    await refused
    expect(device.transport.session()).toEqual({ state: 'offline' })
  })

  it('run out when the service says so, and nothing is missed over it', async () => {
    const service = await strict()
    const { asks, give } = provider('ok', 'ok', 'wrong', 'wrong')
    const alice = await online(deviceOf(service, give))
    await service.expire('alice')
    await heard(alice.transport, () => expect(asks).toHaveLength(2))
    await online(alice)
    expect(asks.map((ask) => ask.reason)).toEqual(['sign-in', 'expired'])
    expect(alice.states.map(({ state }) => state)).toContain('reconnecting')
    expect(alice.transport.session()).toMatchObject({ state: 'online', hasContinuity: true })
    await service.expire('alice')
    await reaches(alice, 'credentials-needed')
    expect(asks.map((ask) => ask.reason).slice(2)).toEqual(['expired', 'rejected'])
  })
})

describe('A newer sign-in', () => {
  const policies = [
    ['many', 'web', 'web', false],
    ['one', 'phone', 'desktop', true],
    ['one-per-type', 'phone', 'tablet', false],
    ['one-per-type', 'web', 'web', true],
    ['one-phone-one-desktop', 'phone', 'desktop', false],
    ['one-phone-one-desktop', 'phone', 'tablet', true],
    ['one-phone-one-desktop', 'desktop', 'web', true],
  ] as const

  it.each(policies)('under %s: a %s and then a %s, kicked: %s', async (signIn, first, second, isKicked) => {
    const service = await twoPeople({ signIn })
    const older = await online(deviceOf(service, noCredentials, { device: first }))
    const newer = await online(deviceOf(service, noCredentials, { device: second }))
    if (isKicked) await reaches(older, 'kicked')
    // What comes after has been heard by whoever is still there.
    const bob = await visit(service, 'bob')
    const { id } = await bob.openWith('alice')
    await bob.say(id, 'hello')
    await newer.transport.conversations.list()
    expect(older.transport.session()).toMatchObject(
      isKicked ? { state: 'kicked', by: 'other-device' } : { state: 'online' },
    )
    expect(newer.transport.session().state).toBe('online')
  })

  it('of the same device ends nothing', async () => {
    const service = await twoPeople({ signIn: 'one' })
    const older = await online(deviceOf(service, noCredentials, { deviceId: 'mine' }))
    await online(deviceOf(service, noCredentials, { deviceId: 'mine' }))
    const bob = await visit(service, 'bob')
    const { id } = await bob.openWith('alice')
    let isThere = false
    older.transport.subscribe((events) => {
      isThere ||= events.some((event) => event.type === 'message.received')
    })
    await bob.say(id, 'still there?')
    await heard(older.transport, () => expect(isThere).toBe(true))
    expect(older.transport.session().state).toBe('online')
  })

  it('ends the one of another tab, which may come back but does not by itself', async () => {
    const name = freshName()
    const here = await twoPeople({ name, signIn: 'one' })
    const there = openService({ name, signIn: 'one' })
    const older = await online(deviceOf(here))
    const newer = await online(deviceOf(there))
    await reaches(older, 'kicked')
    await expect(older.transport.conversations.list()).rejects.toMatchObject({ code: 6014 })
    expect(older.states.map(({ state }) => state)).toEqual(['connecting', 'online', 'kicked'])
    older.transport.connect({ userId: 'alice', credentials: noCredentials })
    await reaches(newer, 'kicked')
    await online(older)
  })
})

describe('The service', () => {
  it('kicks, and lets in again', async () => {
    const service = await twoPeople()
    const alice = await online(deviceOf(service))
    const bob = await visit(service, 'bob')
    await service.kick('alice')
    await reaches(alice, 'kicked')
    expect(alice.transport.session()).toMatchObject({ by: 'operator' })
    alice.transport.connect({ userId: 'alice', credentials: noCredentials })
    await online(alice)
    await service.kick('alice', 'too-many-instances')
    await reaches(alice, 'kicked')
    expect(alice.transport.session()).toMatchObject({ by: 'too-many-instances' })
    expect(bob.transport.session().state).toBe('online')
    await expect(service.kick('nobody')).rejects.toMatchObject({ code: 20003 })
  })

  it('bans for good, until it does no more, and nobody sees it in a profile', async () => {
    const service = await twoPeople()
    const alice = await online(deviceOf(service))
    await service.ban('alice')
    await reaches(alice, 'banned')
    const again = deviceOf(service)
    await reaches(again, 'banned')
    expect(again.transport.session()).toMatchObject({ error: { code: 'banned', kind: 'forbidden' } })
    const bob = await visit(service, 'bob')
    const { found } = await bob.transport.profiles!.fetch(['alice'])
    expect(found).toEqual([{ id: 'alice', name: 'ALICE' }])
    await service.ban('alice', false)
    await online(deviceOf(service))
  })

  it('takes so much in a second and no more', async () => {
    const clock = createFakeClock()
    const service = await twoPeople({ clock, storage: 'memory', rates: { sendPerSecond: 2 } })
    const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
    expect(alice.transport.limits().sendPerSecond).toBe(2)
    const { id } = await alice.openWith('bob')
    const startAt = clock.now()
    await alice.say(id, '1')
    await clock.advance(400)
    await alice.say(id, '2')
    await expect(alice.say(id, '3')).rejects.toMatchObject({
      domain: 'tencent',
      kind: 'too-often',
      effect: 'none',
      retry: 'later',
      untilAt: startAt + 1000,
    })
    await bob.say(id, 'another one’s pace')
    await clock.advance(600)
    await alice.say(id, '3')
    await expect(alice.say(id, '4')).rejects.toMatchObject({ untilAt: startAt + 1400 })
  })

  it('counts calls of every kind where it is told to', async () => {
    const clock = createFakeClock()
    const service = await twoPeople({ clock, storage: 'memory', rates: { requestsPerSecond: 1 } })
    const alice = await visit(service, 'alice')
    await alice.transport.conversations.list()
    await expect(alice.transport.conversations.list()).rejects.toMatchObject({ kind: 'too-often' })
    await clock.advance(1000)
    await alice.transport.conversations.list()
  })
})
