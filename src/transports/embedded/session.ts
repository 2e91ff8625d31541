import { toChatError } from '../../model'
import type {
  ConnectOptions,
  ConversationId,
  Message,
  SessionState,
  Stop,
  TransportEvent,
  UserId,
} from '../../model'
import type { SignIn } from './caller'
import type { Signal } from './channel'
import { checkedUserId } from './checkedValues'
import { proveIdentity } from './credentials'
import type { Engine } from './engine'
import { conversationsOf } from './conversationsOf'
import { groupsOf } from './events'
import type { Knowledge } from './knowledge'
import { leaveLiveRooms } from './liveDoors'
import { markDelivered } from './receipts'
import { refusals } from './refusals'
import type { DeviceKind } from './rules'
import { admit, isReplaced } from './standing'
import type { Arrival, StandingOp } from './standing'
import { startingWith } from './storage/storage'
import { createTail } from './tail'
import type { Tail } from './tail'

/** One transport's being signed in. */
export interface Session {
  connect(options: ConnectOptions): void
  /** Ends in the given state, of which the listeners still hear, and of nothing after it. */
  disconnect(state: SessionState): void
  state(): SessionState
  /** Resolves when nothing is left to be done of what has ended. */
  left(): Promise<void>
  /** Waits for a sign-in under way; rejects when there is none (A6). */
  signIn(): Promise<SignIn>
  userId(): UserId | undefined
  /** Reads what the log has that was not announced. */
  readOn(): void
}
/** What a session works with. */
export interface SessionSetup {
  readonly device: DeviceKind
  readonly deviceId?: string | undefined
  readonly engine: Engine
  readonly knowledge: Knowledge
  emit(events: readonly TransportEvent[]): void
}
/** Everything one sign-in holds. */
interface Attempt {
  readonly userId: UserId
  readonly options: ConnectOptions
  readonly arrival: Arrival
  readonly ready: Promise<SignIn>
  readonly tail: Tail
  /** Ends being there, once one is. */
  presence?: Stop
  stop(): void
}

/** Signed out at first. */
export function createSession(setup: SessionSetup): Session {
  const { engine, knowledge, emit, device, deviceId } = setup
  let state: SessionState = { state: 'offline' }
  let attempt: Attempt | undefined
  let isDegradationTold = false
  /** The live rooms that were left with the last sign-in. */
  let leaving: Promise<void> = Promise.resolve()

  function enter(next: SessionState, ...more: readonly TransportEvent[]): void {
    state = next
    emit([{ type: 'session.changed', session: next }, ...more])
  }

  function tellDegradation(): void {
    const error = engine.degradation()
    if (!error || isDegradationTold) return
    isDegradationTold = true
    emit([{ type: 'storage.degraded', error }])
  }

  function connect(options: ConnectOptions): void {
    if (attempt) {
      if (attempt.userId === options?.userId) return
      leave()
    }
    if (engine.isClosed()) return enter({ state: 'offline', error: refusals.serviceClosed() })
    try {
      attempt = begin(checkedUserId(options?.userId), options, 'sign-in')
      enter({ state: 'connecting' })
    } catch (error) {
      enter({ state: 'credentials-needed', error: toChatError(error) })
    }
  }

  function begin(userId: UserId, options: ConnectOptions, reason: 'sign-in' | 'expired'): Attempt {
    let stopWaiting: Stop | undefined
    const tail = createTail({
      engine,
      knowledge,
      userId,
      emit: (events) => attempt === mine && emit(events),
      onStanding: (ops) => attempt === mine && hearStanding(ops, mine),
      onDiscontinuity: () => attempt === mine && begun(userId, false),
    })
    const stopHearing = engine.live.listen((messages) => attempt === mine && hearLive(messages))
    const stopListening = engine.channel.listen((signal) => attempt === mine && hear(signal, mine))
    const stopWatching = engine.watch({
      onDegraded: () => {
        if (attempt !== mine || state.state !== 'online') return
        tellDegradation()
        readOn()
      },
      onClosed: () => attempt === mine && end({ state: 'offline', error: refusals.serviceClosed() }),
    })
    const arrival = { userId, signInId: engine.ids.next(), device, deviceId }
    const onWait = (stop: Stop) => {
      if (attempt === mine) stopWaiting = stop
      else stop()
    }
    const ready = Promise.resolve().then(() => signInAs(mine, reason, onWait))
    ready.catch((error: unknown) => attempt === mine && refuse(error))
    const mine: Attempt = {
      userId,
      options,
      arrival,
      ready,
      tail,
      stop() {
        tail.stop()
        stopWaiting?.()
        stopHearing()
        stopListening()
        stopWatching()
      },
    }
    return mine
  }

  async function signInAs(
    mine: Attempt,
    reason: 'sign-in' | 'expired',
    onWait: (stop: Stop) => void,
  ): Promise<SignIn> {
    const { userId, tail, options, arrival } = mine
    const user = await engine.read((reading) => reading.get('users', userId))
    if (!user) throw refusals.noSuchAccount()
    if (user.standing?.isBanned) throw refusals.banned()
    const { clock, rules } = engine
    const { credentials: check } = rules
    const provider = options.credentials
    if (check) await proveIdentity({ clock, check, userId, clientId: deviceId, provider, onWait }, reason)
    if (attempt !== mine) throw refusals.notSignedIn()
    const hasContinuity = await tail.start(options.checkpoint)
    // After the place in the log is found: whoever comes later is heard of.
    await admit(engine, arrival)
    // What was left without a word, as by a page that died.
    await leaveLiveRooms(engine, userId)
    const ids = await learn(userId)
    if (attempt !== mine) throw refusals.notSignedIn()
    mine.presence = engine.attendance.enter(userId)
    const signIn = { userId, id: arrival.signInId }
    begun(userId, hasContinuity)
    // Delivery is told in its own time: a sign-in does not wait for it.
    markDelivered(engine, userId, ids).catch((thrown: unknown) => breakOff(mine, thrown))
    return signIn
  }

  function begun(userId: UserId, hasContinuity: boolean): void {
    const mine = attempt
    if (!mine || mine.userId !== userId) return
    const isCatchingUp = mine.tail.isBehind()
    enter(
      { state: 'online', isCatchingUp, hasContinuity },
      { type: 'clock.measured', offsetMs: 0, errorMs: 0 },
      { type: 'checkpoint.advanced', checkpoint: mine.tail.checkpoint() },
    )
    tellDegradation()
    void pull(mine).then(() => {
      if (isCatchingUp && attempt === mine) enter({ state: 'online', isCatchingUp: false, hasContinuity })
    })
  }

  /** What `can` answers from. */
  async function learn(userId: UserId): Promise<readonly ConversationId[]> {
    return engine.read(async (reading) => {
      const memberships = await reading.range('memberships', startingWith(userId))
      const ids = memberships.map((row) => row.conversationId)
      const conversations = await conversationsOf(reading, userId, ids)
      const groupIds = conversations.flatMap(({ groupId }) => groupId ?? [])
      const groups = await groupsOf(reading, userId, groupIds)
      knowledge.forgetAll()
      conversations.forEach(knowledge.learnConversation)
      groups.forEach(knowledge.learnGroup)
      return ids
    })
  }

  function hear(signal: Signal, mine: Attempt): void {
    if (state.state !== 'online') return
    if (signal.kind === 'log') return readOn()
    if (signal.kind === 'message')
      return void hearMessage(signal, mine).catch((thrown) => breakOff(mine, thrown))
    if (signal.kind !== 'typing') return
    const { conversationId, userId, isTyping } = signal
    if (userId === mine.userId || !knowledge.conversation(conversationId)) return
    emit([{ type: 'typing.changed', conversationId, userId, isTyping }])
  }

  /** What is said in the live rooms this session is in, one burst at a time. */
  function hearLive(said: readonly Message[]): void {
    if (state.state !== 'online') return
    const messages = said.filter(({ conversationId }) => knowledge.conversation(conversationId))
    if (messages.length > 0) emit([{ type: 'message.received', messages, isLive: true }])
  }

  async function hearMessage({ message }: Signal & { kind: 'message' }, mine: Attempt): Promise<void> {
    const ids = [message.conversationId]
    const conversations = await engine.read((reading) => conversationsOf(reading, mine.userId, ids))
    if (attempt !== mine || conversations.length === 0) return
    emit([
      { type: 'conversation.changed', conversations },
      { type: 'message.received', messages: [message], isLive: true },
    ])
  }

  function hearStanding(ops: readonly StandingOp[], mine: Attempt): void {
    for (const { what, by = 'operator' } of ops) {
      if (attempt !== mine) return
      if (what === 'kicked') end({ state: 'kicked', by })
      else if (what === 'banned') end({ state: 'banned', error: refusals.banned() })
      else if (what === 'expired') signInAgain(mine)
      else void giveWay(mine).catch((thrown) => breakOff(mine, thrown))
    }
  }

  /** Leaves the place to a newer sign-in, and does not come back by itself: two devices must not chase each other (A3). */
  async function giveWay(mine: Attempt): Promise<void> {
    const isGone = await isReplaced(engine, mine.arrival)
    if (isGone && attempt === mine) end({ state: 'kicked', by: 'other-device' })
  }

  function signInAgain(mine: Attempt): void {
    const options = { ...mine.options, checkpoint: mine.tail.checkpoint() }
    leave()
    attempt = begin(mine.userId, options, 'expired')
    enter({ state: 'reconnecting' })
  }

  function readOn(): void {
    if (attempt) void pull(attempt)
  }

  /** Reads on in the log. */
  function pull(mine: Attempt): Promise<void> {
    return mine.tail.pull().catch((thrown) => breakOff(mine, thrown))
  }

  /** A session that cannot read on must not look as if nothing happened; that of a closed service is told by the watcher. */
  function breakOff(mine: Attempt, thrown: unknown): void {
    if (attempt === mine && !engine.isClosed()) end({ state: 'offline', error: toChatError(thrown) })
  }

  function refuse(thrown: unknown): void {
    const error = toChatError(thrown)
    if (error.code === 'banned') return end({ state: 'banned', error })
    end(error.kind === 'signed-out' ? { state: 'credentials-needed', error } : { state: 'offline', error })
  }

  function leave(): void {
    const left = attempt
    attempt?.stop()
    attempt = undefined
    knowledge.forgetAll()
    if (!left?.presence) return
    left.presence()
    // In a closed service nobody is anywhere; the next sign-in sees to what is left.
    if (engine.isClosed()) return
    leaving = leaveLiveRooms(engine, left.userId).catch(() => {})
  }

  function end(last: SessionState): void {
    leave()
    enter(last)
  }

  return {
    connect,
    disconnect(last) {
      if (attempt || state.state !== last.state) end(last)
    },
    state: () => state,
    async signIn() {
      if (engine.isClosed()) throw refusals.serviceClosed()
      const mine = attempt
      if (!mine) throw refusals.notSignedIn()
      const user = await mine.ready
      if (attempt !== mine) throw refusals.notSignedIn()
      return user
    },
    left: () => leaving,
    userId: () => (state.state === 'online' ? attempt?.userId : undefined),
    readOn,
  }
}
