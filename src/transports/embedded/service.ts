import type { Clock, IdSource, Transport } from '../../core/ports'
import type { EpochMs, GroupId, Profile, UserId } from '../../model'
import { toChatError } from '../../model'
import { checkedId, checkedNumber, checkedUserId } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { startCrowd } from './crowd'
import type { Crowd, CrowdOptions } from './crowd'
import { createEngine } from './engine'
import type { Engine } from './engine'
import type { PlannedFailure } from './failures'
import { fillWorld } from './fillWorld'
import { putFriend } from './friends'
import type { Change } from './log'
import { checkedProfile, patched } from './profiles'
import type { ProfilePatch } from './profiles'
import { refusals } from './refusals'
import type {
  CredentialsCheck,
  DeviceKind,
  InviteePolicy,
  RelationPolicy,
  ServiceRates,
  SignInPolicy,
} from './rules'
import { putBan, tellSessions } from './standing'
import type { KickedBy } from './standing'
import { systemClock, systemIds } from '../systemSources'
import { createTransport } from './transport'
import type { World } from './world/world'

/** What an embedded service can be told at the start. */
export interface EmbeddedServiceOptions {
  /** Name of the database, shared by all tabs of this origin; 'parley' when absent. */
  readonly name?: string
  /** What an empty database is filled with; 'demo' is the world that comes with the kit, absent is nothing. */
  readonly world?: World | ((nowAt: EpochMs) => World) | 'demo'
  /** What the 'demo' world is made from: the same seed gives the same world; 1 when absent. */
  readonly seed?: number
  /** The service's time; the device's when absent. */
  readonly clock?: Clock
  /** Where ids come from; random when absent. */
  readonly ids?: IdSource
  /** 'memory' keeps nothing and shares nothing with other tabs; 'auto' when absent. */
  readonly storage?: 'auto' | 'memory'
  /** Looks at what each sign-in brings; nobody is asked for anything when absent. */
  readonly credentials?: CredentialsCheck
  /** Which devices of one user may be signed in together; 'many' when absent (A13). */
  readonly signIn?: SignInPolicy
  /** How much one user may do in a second; unbounded when absent. */
  readonly rates?: ServiceRates
  /** How long a sender may take back what he has said; two minutes when absent (E1). */
  readonly recallWindowMs?: number
  /** What it takes to write to somebody directly; being in the service is enough when absent. */
  readonly relations?: RelationPolicy
  /** Whether those who are invited into a group, or named at its making, are in at once or are asked first; in at once when absent. */
  readonly invitees?: InviteePolicy
}
/** How a transport signs in. */
export interface EmbeddedTransportOptions {
  /** The service to sign in to. */
  readonly service: EmbeddedService
  /** What kind of device this plays; 'web' when absent. */
  readonly device?: DeviceKind
  /** Names the device, so that it does not put itself out; every sign-in is a device of its own when absent. */
  readonly deviceId?: string
}
/** A whole chat service in the browser; every tab that opens the same name sees the same one. */
export interface EmbeddedService {
  /** Name of the database. */
  readonly name: string
  /** Makes a user who can sign in; for one who is there already it sets the given fields. */
  addUser(profile: Profile): Promise<void>
  /** Makes two users friends of each other. */
  befriend(a: UserId, b: UserId): Promise<void>
  /** Ends every session of a user; he may sign in again. */
  kick(userId: UserId, by?: KickedBy): Promise<void>
  /** Ends every session of a user and lets him in no more, or with `isBanned` false again. */
  ban(userId: UserId, isBanned?: boolean): Promise<void>
  /** Lets what a user has signed in with run out now: his sessions ask for new credentials. */
  expire(userId: UserId): Promise<void>
  /**
   * Answers the next such call in this tab with a code instead of doing it, to see what an app makes of it.
   * @throws ChatError when the code is no number.
   */
  failNext(failure: PlannedFailure): void
  /** Fills a live room with people who talk, give and like, to see what an app makes of it. */
  startCrowd(groupId: GroupId, options: CrowdOptions): Crowd
  /** Where messages are kept right now; 'memory' means they end with the page. */
  storage(): 'indexeddb' | 'memory' | 'opening'
  /** Ends the service in this tab and every transport on it; what is stored stays. */
  close(): void
}

const engines = new WeakMap<EmbeddedService, Engine>()

/** Starts a service at once; its database opens in the background. */
export function createEmbeddedService(options: EmbeddedServiceOptions = {}): EmbeddedService {
  const { name = 'parley', clock = systemClock, ids = systemIds, storage = 'auto' } = options
  const { credentials, signIn = 'many', rates = {}, relations = {}, invitees = 'let-in' } = options
  const { recallWindowMs } = options
  /** What the app has set up here: done again when a lost database begins anew. */
  const deeds: ((change: Change) => Promise<void>)[] = []
  const engine = createEngine({
    name,
    clock,
    ids,
    storage,
    rules: {
      credentials,
      signIn,
      rates,
      relations,
      invitees,
      ...(recallWindowMs !== undefined && { recallWindowMs }),
    },
    async prepare() {
      const world = await worldOf(options, clock.now())
      return async (change) => {
        if (world) await fillWorld(change, world)
        for (const deed of deeds) await deed(change)
      }
    },
  })

  async function once(deed: (change: Change) => Promise<void>): Promise<void> {
    try {
      await engine.write(deed)
    } catch (error) {
      throw toChatError(error)
    }
  }

  async function setUp(deed: (change: Change) => Promise<void>): Promise<void> {
    await once(deed)
    deeds.push(deed)
  }

  const service: EmbeddedService = {
    name,
    async addUser(profile) {
      const { id, patch } = checkedProfile(profile)
      await setUp((change) => putUser(change, id, patch))
    },
    async befriend(a, b) {
      const [first, second] = [checkedUserId(a), checkedUserId(b)]
      await setUp((change) => putFriends(change, first, second))
    },
    async kick(userId, by = 'operator') {
      const id = checkedUserId(userId)
      await once((change) => tellSessions(change, id, { what: 'kicked', by }))
    },
    async ban(userId, isBanned = true) {
      const id = checkedUserId(userId)
      await setUp((change) => putBan(change, id, isBanned))
    },
    async expire(userId) {
      const id = checkedUserId(userId)
      await once((change) => tellSessions(change, id, { what: 'expired' }))
    },
    failNext(failure) {
      checkedNumber(failure.code, 'code')
      engine.failures.add(failure)
    },
    startCrowd(groupId, options) {
      const { perSecond } = options
      if (!(perSecond >= 1 && perSecond <= 2_000))
        throw refusals.invalid('`perSecond` must be from 1 to 2,000')
      return startCrowd(engine, groupConversationId(checkedId(groupId, 'groupId')), options)
    },
    storage: () => engine.storage.kind(),
    close: () => engine.close(),
  }
  engines.set(service, engine)
  return service
}

/** A way into the service for one user; several may be open on one page. */
export function createEmbeddedTransport(options: EmbeddedTransportOptions): Transport {
  const engine = engines.get(options?.service)
  if (!engine)
    throw refusals.invalid('`service` must come from createEmbeddedService of the same copy of the kit')
  return createTransport(engine, options.device, options.deviceId)
}

async function worldOf(options: EmbeddedServiceOptions, nowAt: EpochMs): Promise<World | undefined> {
  const { world, seed = 1, clock } = options
  if (typeof world === 'function') return world(nowAt)
  if (world !== 'demo') return world
  const { createWorld } = await import('./world')
  // With a clock of its own the service is a simulation, and nothing in it depends on where it runs.
  const zoneOffsetMs = clock ? 0 : -new Date(nowAt).getTimezoneOffset() * 60_000
  return createWorld({ seed, nowAt, zoneOffsetMs })
}

async function putUser(change: Change, id: UserId, patch: ProfilePatch): Promise<void> {
  const old = await change.get('users', id)
  const next = patched({ ...old, id }, patch)
  if (JSON.stringify(old) === JSON.stringify(next)) return
  await change.put('users', next)
  change.tell({ friendsOf: id }, { kind: 'profile', userId: id })
}

async function putFriends(change: Change, a: UserId, b: UserId): Promise<void> {
  for (const user of await change.getMany('users', [a, b])) if (!user) throw refusals.noSuchUser()
  await putFriend(change, a, b)
  await putFriend(change, b, a)
}
