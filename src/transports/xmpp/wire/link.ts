import type { Clock, IdSource } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { ChatErrorShape, ConnectOptions, Hint, SessionState } from '../../../model'
import { refusals } from '../refusals'
import { newAttempt, waitBeforeRetry } from './attempt'
import type { Attempt } from './attempt'
import type { Emitter } from './emitter'
import { createHeartbeat } from './heartbeat'
import { createNames } from './names'
import { createSecretKeeper } from './secret'
import { createResumeMemory, loadStrophe, openStream } from './stream'
import type { StreamEnd, StreamStart } from './stream'
import { createWaiters } from './waiters'
import type { Me, SignInStart } from './wire'
import type { Xml } from './xml'

/** One transport's being signed in, over as many streams as it takes. */
export interface Link {
  connect(options: ConnectOptions): void
  disconnect(): Promise<void>
  state(): SessionState
  hint(hint: Hint): void
  me(): Me | undefined
  whenOnline(): Promise<Me>
  send(stanza: Xml): void
}
/** What a link works with. */
export interface LinkSetup {
  readonly clock: Clock
  readonly ids: IdSource
  readonly service: string
  readonly domain: string
  readonly emitter: Emitter
  /** From 0 to 1: so that thousands of clients do not come back in the same second. */
  random(): number
  onStanza(stanza: Xml): void
  /** Makes the server say something. */
  ping(): void
  /** What is to be done on a new stream before anybody is told. */
  signIn(start: SignInStart): Promise<void>
  /** What is to be fetched afterwards; false: something may be lost. Rejects where the stream did not last. */
  catchUp(start: SignInStart): Promise<boolean>
  /** A stream goes on where an earlier one broke off. */
  onResume(): void
  /** A stream is gone for good, and what was sent on it and not answered. */
  onStreamLost(): void
  onEnd(): void
}
const WAIT_FOR_ONLINE_MS = 20_000
/** A session that ends sooner was no success, so it does not renew the patience. */
const SETTLED_AFTER_MS = 10_000
const OWN_SHADOW_MS = 60_000
/** Ends of a stream after which another one has no better chance. */
const HOPELESS = new Set([
  'host-unknown',
  'host-gone',
  'improper-addressing',
  'no-auth-mech',
  'unsupported-version',
])
/** Ends after which the server still has the session. */
const RESUMABLE = new Set(['system-shutdown', 'reset', 'connection-timeout'])

/** Signed out at first. */
export function createLink(setup: LinkSetup): Link {
  const { clock, ids, emitter, domain } = setup
  const waiters = createWaiters<Me>(clock)
  let state: SessionState = { state: 'offline' }
  let attempt: Attempt | undefined

  function enter(next: SessionState): void {
    state = next
    emitter.emitNow({ type: 'session.changed', session: next })
  }

  function connect(options: ConnectOptions): void {
    if (attempt && attempt.options.userId === options?.userId) return
    if (attempt) void leave()
    const userId: unknown = options?.userId
    const isText = typeof userId === 'string'
    const names = createNames(domain, isText && !userId.includes('@'))
    const jid = names.jidOfUser(userId)
    // An id in another spelling would be another person to the kit.
    if (!jid || names.userIdOf(jid) !== userId || !jid.endsWith(`@${domain}`)) {
      return enter({ state: 'credentials-needed', error: refusals.badUserId() })
    }
    const mine: Attempt = newAttempt({
      options,
      jid,
      names,
      secret: createSecretKeeper(clock, options),
      heartbeat: createHeartbeat(clock, setup.ping, () => mine.stream?.drop()),
      device: deviceName(),
    })
    attempt = mine
    enter({ state: 'connecting' })
    void open(mine)
  }

  function deviceName(): string {
    return `parley-${ids.next().slice(0, 12)}`
  }

  async function open(mine: Attempt): Promise<void> {
    delete mine.retry
    try {
      const secret = await mine.secret.get()
      const strophe = await loadStrophe()
      if (attempt !== mine) return
      const stream = openStream(strophe, {
        clock,
        service: setup.service,
        jid: `${mine.jid}/${mine.device}`,
        secret,
        memory: mine.memory,
        onOpen: (jid, how) => mine.stream === stream && opened(mine, jid, how),
        onStanza: (stanza) => mine.stream === stream && attempt === mine && setup.onStanza(stanza),
        onHeard: () => mine.heartbeat.heard(),
        onEnd: (end) => mine.stream === stream && attempt === mine && ended(mine, end),
      })
      mine.stream = stream
    } catch (thrown) {
      if (attempt !== mine) return
      const error = toChatError(thrown)
      if (error.kind === 'signed-out') end({ state: 'credentials-needed', error })
      else if (error.code !== 'unexpected') end({ state: 'offline', error })
      else end({ state: 'offline', error: refusals.invalid(`no socket can be opened to ${setup.service}`) })
    }
  }

  function opened(mine: Attempt, jid: string, how: StreamStart): void {
    mine.isOpen = true
    mine.secret.wasTaken()
    mine.heartbeat.start()
    if (how === 'resumed' && mine.start && mine.isSignedIn) {
      mine.hasContinuity ||= mine.isCaughtUp
      online(mine)
      setup.onResume()
      return void catchUp(mine, mine.start)
    }
    const isFirst = mine.start === undefined
    if (!isFirst) setup.onStreamLost()
    const { options, names, jid: bare } = mine
    const me = { userId: options.userId, bare, domain, full: jid, sessionId: ids.next(), names }
    if (how === 'forgotten') mine.diedAt ??= mine.lostAt
    const { diedAt } = mine
    const start: SignInStart = {
      me,
      checkpoint: options.checkpoint,
      isFirst,
      ...(diedAt !== undefined && { diedAt }),
    }
    mine.start = start
    mine.isSignedIn = false
    mine.isCaughtUp = false
    mine.hasContinuity = !isFirst || options.checkpoint !== undefined
    void signIn(mine, start)
  }

  async function signIn(mine: Attempt, start: SignInStart): Promise<void> {
    await setup.signIn(start)
    if (attempt !== mine || mine.start !== start || !mine.stream) return
    mine.isSignedIn = true
    delete mine.diedAt
    online(mine)
    await catchUp(mine, start)
  }

  async function catchUp(mine: Attempt, start: SignInStart): Promise<void> {
    if (mine.isCaughtUp || mine.isCatchingUp) return
    mine.isCatchingUp = true
    const { stream } = mine
    const outcome = await setup.catchUp(start).catch(() => 'broken' as const)
    mine.isCatchingUp = false
    if (attempt !== mine) return
    if (mine.start !== start) return
    // A stream that broke in the middle is taken up again, and this with it.
    if (outcome === 'broken' && mine.stream !== stream) return mine.isOpen ? catchUp(mine, start) : undefined
    mine.isCaughtUp = true
    mine.hasContinuity = outcome === true
    if (state.state === 'online') online(mine)
  }

  function online(mine: Attempt): void {
    mine.hasBeenOnline = true
    if (state.state !== 'online') mine.onlineAt = clock.now()
    const { hasContinuity, isCaughtUp } = mine
    enter({ state: 'online', isCatchingUp: !isCaughtUp, hasContinuity })
    if (mine.start) waiters.resolve(mine.start.me)
  }

  function ended(mine: Attempt, last: StreamEnd): void {
    if (mine.isOpen) mine.lostAt = clock.now()
    delete mine.stream
    mine.isOpen = false
    mine.heartbeat.stop()
    if (state.state === 'online' && clock.now() - mine.onlineAt >= SETTLED_AFTER_MS) mine.tries = 0
    const { why, condition } = last
    // What was begun on a stream that nobody was told of is begun anew.
    if (!mine.isSignedIn || (why === 'told' && !RESUMABLE.has(condition))) mine.memory = createResumeMemory()
    if (why === 'refused') return refused(mine, condition)
    const brokenBefore = clock.now() - mine.brokenAt
    mine.brokenAt = clock.now()
    if (condition === 'conflict') {
      // An earlier try of one's own that was given up may come through late and take the place of this one.
      if (brokenBefore > OWN_SHADOW_MS) return end({ state: 'kicked', by: 'other-device' })
      mine.device = deviceName()
    }
    if (HOPELESS.has(condition)) return end({ state: 'offline', error: refusals.serverRefuses(condition) })
    if (condition === 'no-session') mine.device = deviceName()
    retryLater(mine, why === 'told' ? refusals.streamError(condition) : refusals.unreachable(condition))
  }

  function refused(mine: Attempt, condition: string): void {
    if (condition === 'account-disabled') {
      return end({ state: 'banned', error: refusals.banned(condition) })
    }
    const reason = condition === 'credentials-expired' ? 'expired' : 'rejected'
    if (mine.secret.wasRefused(reason)) return void open(mine)
    end({ state: 'credentials-needed', error: refusals.notAuthorised(condition) })
  }

  function retryLater(mine: Attempt, error: ChatErrorShape): void {
    const retryInMs = waitBeforeRetry(mine.tries++, mine.hasBeenOnline, setup.random())
    const stop = clock.after(retryInMs, () => void open(mine))
    mine.retry = {
      stop,
      now() {
        stop()
        void open(mine)
      },
    }
    enter({ state: mine.hasBeenOnline ? 'reconnecting' : 'connecting', retryInMs, error })
  }

  async function leave(): Promise<void> {
    const mine = attempt
    if (!mine) return
    emitter.emitNow()
    attempt = undefined
    mine.secret.stop()
    mine.heartbeat.stop()
    mine.retry?.stop()
    setup.onStreamLost()
    setup.onEnd()
    await mine.stream?.close()
  }

  function end(last: Extract<SessionState, { error?: ChatErrorShape }>): void {
    void leave()
    waiters.reject(last.error ?? refusals.notSignedIn())
    enter(last)
  }

  return {
    connect,
    async disconnect() {
      const left = leave()
      waiters.reject(refusals.notSignedIn())
      if (state.state !== 'offline' || state.error) enter({ state: 'offline' })
      await left
    },
    state: () => state,
    hint(hint) {
      const mine = attempt
      if (!mine || (hint !== 'foreground' && hint !== 'network-up')) return
      if (mine.retry) mine.retry.now()
      else mine.heartbeat.check()
    },
    me: () => attempt?.start?.me,
    async whenOnline() {
      if (!attempt) throw refusals.notSignedIn()
      const me = attempt.start?.me
      if (state.state === 'online' && me) return me
      return waiters.wait(WAIT_FOR_ONLINE_MS, () => refusals.offline())
    },
    send(stanza) {
      if (!attempt?.stream || !attempt.isOpen) throw refusals.offline()
      attempt.stream.send(stanza)
    },
  }
}
