import { describe, expect, it } from 'vitest'
import { createSessionSupervisor } from '../../../src/core/session'
import type { SupervisorOptions } from '../../../src/core/session'
import { ChatError } from '../../../src/model'
import type { Credentials, CredentialsAsk, CredentialsProvider, SessionState } from '../../../src/model'
import { createFakeClock, settle } from '../../support/fakeClock'

const rejection = (more: Partial<ChatError> = {}) =>
  new ChatError({ domain: 'tencent', code: 70001, kind: 'signed-out', retry: 'after-sign-in', ...more })
const needed = (error = rejection()): SessionState => ({ state: 'credentials-needed', error })
const online: SessionState = { state: 'online', isCatchingUp: false, hasContinuity: true }
const kicked: SessionState = { state: 'kicked', by: 'other-device' }
const later = (more: Partial<ChatError> = {}): SessionState => ({
  state: 'offline',
  error: new ChatError({ code: 'busy', kind: 'other', retry: 'later', ...more }),
})

function aSupervisor(
  provider: CredentialsProvider | undefined = async ({ attempt }) => ({ secret: `s${attempt}` }),
  more: Partial<SupervisorOptions> = {},
) {
  const clock = createFakeClock()
  const connects: CredentialsProvider[] = []
  const shown: SessionState[] = []
  const asks: CredentialsAsk[] = []
  let disconnects = 0
  const supervisor = createSessionSupervisor({
    userId: 'ada',
    clock,
    random: () => 1,
    connect: (credentials) => void connects.push(credentials),
    disconnect: async () => void disconnects++,
    show: (session) => void shown.push(session),
    credentials(ask) {
      asks.push(ask)
      return provider(ask)
    },
    clientId: 'c-1',
    platformName: 'web',
    ...more,
  })
  /** What the backend is given when it asks. */
  const secret = async (reason: CredentialsAsk['reason'] = 'sign-in') =>
    (await connects.at(-1)?.({ userId: 'ada', reason }))?.secret
  return { clock, connects, shown, asks, supervisor, secret, disconnects: () => disconnects }
}

describe('a rejection', () => {
  it('is answered with fresh credentials once, without a word to the person', async () => {
    const { supervisor, connects, asks, secret, shown } = aSupervisor()
    supervisor.signIn()
    expect(await secret()).toBe('s1')
    expect(supervisor.onSession(needed())).toMatchObject({ state: 'connecting' })
    await settle()
    expect(connects).toHaveLength(2)
    expect(await secret()).toBe('s2')
    expect(asks).toEqual([
      { userId: 'ada', reason: 'sign-in', attempt: 1, clientId: 'c-1', platform: 'web' },
      { userId: 'ada', reason: 'rejected', attempt: 2, clientId: 'c-1', platform: 'web' },
    ])
    expect(shown).toEqual([])
  })

  it('that comes again goes to the person, and does not connect', async () => {
    const { clock, supervisor, connects } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(needed())
    await settle()
    expect(supervisor.onSession(needed())).toEqual(needed())
    await clock.advance(3_600_000)
    expect(connects).toHaveLength(2)
  })

  it('told twice is one', async () => {
    const { supervisor, connects } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(needed())
    expect(supervisor.onSession(needed())).toMatchObject({ state: 'connecting' })
    await settle()
    expect(connects).toHaveLength(2)
  })

  it('right after going online does not renew for ever; after a settled session it renews again', async () => {
    const { clock, supervisor, connects } = aSupervisor()
    supervisor.signIn()
    for (let round = 0; round < 5; round++) {
      supervisor.onSession(online)
      supervisor.onSession(needed())
      await settle()
    }
    expect(connects).toHaveLength(2)
    supervisor.signIn()
    supervisor.onSession(online)
    await clock.advance(60_000)
    supervisor.onSession(needed())
    await settle()
    expect(connects).toHaveLength(4)
  })

  it('that asks to wait is waited for', async () => {
    const { clock, supervisor, asks } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(needed(rejection({ retry: 'later' })))
    await clock.advance(59_999)
    expect(asks).toHaveLength(0)
    await clock.advance(1)
    await settle()
    expect(asks).toMatchObject([{ reason: 'rejected' }])
  })

  const hopeless: readonly (readonly [string, SessionState])[] = [
    ['somebody who is not let in', needed(rejection({ kind: 'forbidden' }))],
    ['a banned account', { state: 'banned', error: rejection() }],
    ['a service that refuses', { state: 'refused', error: rejection() }],
    ['a kick', kicked],
    ['an end that is no passing trouble', { state: 'offline', error: rejection() }],
  ]
  it.each(hopeless)('connects nobody by itself: %s', async (_, told) => {
    const { clock, supervisor, connects } = aSupervisor()
    supervisor.signIn()
    expect(supervisor.onSession(told)).toEqual(told)
    await clock.advance(3_600_000)
    expect(connects).toHaveLength(1)
    supervisor.signIn()
    expect(connects).toHaveLength(2)
  })

  it('stays where there is nobody to ask', async () => {
    const clock = createFakeClock()
    const connects: unknown[] = []
    const supervisor = createSessionSupervisor({
      userId: 'ada',
      clock,
      random: () => 1,
      connect: (credentials) => void connects.push(credentials),
      disconnect: async () => {},
      show: () => {},
    })
    supervisor.signIn()
    expect(supervisor.onSession(needed())).toEqual(needed())
    await clock.advance(60_000)
    expect(connects).toHaveLength(1)
  })
})

describe('a kick', () => {
  it('followed by a rejection leads to sign-in only', async () => {
    const { supervisor, connects, asks } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(kicked)
    supervisor.signIn()
    expect(supervisor.onSession(needed())).toEqual(needed())
    await settle()
    expect(connects).toHaveLength(2)
    expect(asks).toHaveLength(0)
  })

  it('makes no war between two tabs', async () => {
    const tabs = [aSupervisor(), aSupervisor()]
    for (const tab of tabs) {
      tab.supervisor.signIn()
      tab.supervisor.onSession(online)
    }
    tabs[0]?.supervisor.onSession(kicked)
    for (const tab of tabs) await tab.clock.advance(3_600_000)
    expect(tabs.map((tab) => tab.connects.length)).toEqual([1, 1])
  })
})

describe('passing trouble', () => {
  it('is waited for, longer each time, up to a minute', async () => {
    const { clock, supervisor, connects } = aSupervisor()
    supervisor.signIn()
    const waits: unknown[] = []
    for (let round = 0; round < 8; round++) {
      const shown = supervisor.onSession(later())
      const waitMs = 'retryInMs' in shown ? (shown.retryInMs ?? 0) : Number.NaN
      waits.push(waitMs)
      await clock.advance(waitMs)
      expect(connects).toHaveLength(round + 2)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('is waited for a little less by those who draw low', () => {
    const { supervisor } = aSupervisor(undefined, { random: () => 0 })
    supervisor.signIn()
    expect(supervisor.onSession(later())).toMatchObject({ retryInMs: 500 })
  })

  it('lasts as long as the backend says', () => {
    const { clock, supervisor } = aSupervisor()
    supervisor.signIn()
    expect(supervisor.onSession(later({ untilAt: clock.now() + 90_000 }))).toMatchObject({
      retryInMs: 90_000,
    })
  })

  it('ends when the network is back or a person wishes', async () => {
    const { clock, supervisor, connects } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(later())
    supervisor.wake()
    expect(connects).toHaveLength(2)
    supervisor.onSession(later())
    supervisor.signIn()
    expect(connects).toHaveLength(3)
    await clock.advance(3_600_000)
    expect(connects).toHaveLength(3)
  })

  it('is no reason to come back after a disconnect', async () => {
    const { clock, supervisor, connects, disconnects } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(later())
    await supervisor.disconnect()
    supervisor.onSession(later())
    await clock.advance(3_600_000)
    expect(connects).toHaveLength(1)
    expect(disconnects()).toBe(1)
  })
})

describe('signing in', () => {
  it('while it runs is one sign-in', () => {
    const { supervisor, connects } = aSupervisor()
    supervisor.signIn()
    supervisor.signIn()
    supervisor.onSession({ state: 'connecting' })
    supervisor.signIn()
    supervisor.onSession(online)
    supervisor.signIn()
    expect(connects).toHaveLength(1)
  })

  it('asks the app once however often the backend asks at a time', async () => {
    const { supervisor, connects, asks } = aSupervisor()
    supervisor.signIn()
    const ask = () => connects[0]?.({ userId: 'ada', reason: 'sign-in' })
    await Promise.all([ask(), ask()])
    expect(asks).toHaveLength(1)
  })

  it('keeps what was there after a disconnect, and destroys it after a sign-out', async () => {
    const forgotten: string[] = []
    const { supervisor } = aSupervisor(undefined, { forget: async () => void forgotten.push('all') })
    supervisor.signIn()
    await supervisor.disconnect()
    expect(forgotten).toEqual([])
    await supervisor.signOut()
    expect(forgotten).toEqual(['all'])
  })
})

describe('an app that gives no credentials', () => {
  const providers: readonly (readonly [string, string, () => unknown])[] = [
    [
      'throws',
      'credentials-failed',
      () => {
        throw new Error('no')
      },
    ],
    ['rejects', 'credentials-failed', () => Promise.reject(new Error('no'))],
    ['gives nothing', 'credentials-missing', () => undefined],
    ['gives an empty secret', 'credentials-missing', () => ({ secret: '' })],
    ['gives another thing', 'credentials-missing', () => 'secret'],
    ['hangs', 'credentials-timeout', () => new Promise(() => {})],
  ]
  it.each(providers)('that %s is told as %s', async (_, code, give) => {
    const { clock, supervisor, connects, shown } = aSupervisor(async () => (await give()) as Credentials)
    supervisor.signIn()
    const asked = connects[0]?.({ userId: 'ada', reason: 'sign-in' })
    const outcome = expect(asked).rejects.toMatchObject({ code, domain: 'parley' })
    await clock.advance(30_000)
    await outcome
    // Some transports call this being offline.
    expect(supervisor.onSession(later())).toMatchObject({ state: 'credentials-needed', error: { code } })

    supervisor.signIn()
    supervisor.onSession(needed())
    await clock.advance(30_000)
    await settle()
    expect(shown).toMatchObject([{ state: 'credentials-needed', error: { code } }])
    expect(connects).toHaveLength(2)
  })
})

describe('a call refused while the session stands', () => {
  const expired = rejection()
  const byDevice = new ChatError({
    domain: 'tencent',
    code: 6208,
    kind: 'signed-out',
    retry: 'after-sign-in',
  })

  it('ends the session and signs in with fresh credentials', async () => {
    const { supervisor, connects, secret, shown, disconnects } = aSupervisor()
    supervisor.signIn()
    expect(await secret()).toBe('s1')
    supervisor.onSession(online)
    const calls = [supervisor.beginCall(), supervisor.beginCall()]
    for (const onRefused of calls) onRefused(expired)
    supervisor.onSession({ state: 'offline' })
    await settle()
    expect(disconnects()).toBe(1)
    expect(shown).toMatchObject([{ state: 'reconnecting' }])
    expect(connects).toHaveLength(2)
    expect(await secret()).toBe('s2')
  })

  it('goes to the person where fresh credentials are refused too', async () => {
    const { supervisor, connects, shown } = aSupervisor()
    supervisor.signIn()
    for (const round of [1, 2]) {
      supervisor.onSession(online)
      supervisor.beginCall()(expired)
      supervisor.onSession({ state: 'offline' })
      await settle()
      expect(connects).toHaveLength(2)
      expect(shown).toHaveLength(round)
    }
    expect(shown.at(-1)).toEqual(needed(expired))
  })

  it('signs in nowhere by itself where somebody has taken the place', async () => {
    const { supervisor, connects, shown } = aSupervisor()
    supervisor.signIn()
    supervisor.onSession(online)
    supervisor.beginCall()(byDevice)
    await settle()
    expect(shown).toEqual([{ state: 'kicked', by: 'other-device', error: byDevice }])
    expect(connects).toHaveLength(1)
  })

  it('says nothing of a session that began after the call', async () => {
    const { supervisor, connects, shown, disconnects } = aSupervisor()
    supervisor.signIn()
    const early = supervisor.beginCall()
    supervisor.onSession(online)
    const late = supervisor.beginCall()
    supervisor.onSession({ state: 'reconnecting' })
    supervisor.onSession(online)
    for (const onRefused of [early, late]) onRefused(expired)
    await settle()
    expect(disconnects()).toBe(0)
    expect(shown).toEqual([])
    expect(connects).toHaveLength(1)
  })

  it('is nothing where the session has ended before, and after a sign-out', async () => {
    const { supervisor, shown, disconnects } = aSupervisor()
    supervisor.beginCall()(expired)
    supervisor.signIn()
    supervisor.onSession(online)
    supervisor.beginCall()(expired)
    void supervisor.signOut()
    await settle()
    expect(shown).toEqual([])
    expect(disconnects()).toBe(2)
  })
})
