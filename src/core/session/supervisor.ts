import { toChatError } from '../../model'
import type {
  ChatErrorShape,
  Credentials,
  CredentialsAsk,
  CredentialsProvider,
  SessionState,
  Stop,
  UserId,
} from '../../model'
import type { Clock } from '../ports'
import { askCredentials, isProviderFailure } from './askCredentials'
import { endOfSession } from './endOfSession'

/** What the supervisor needs from its surroundings. */
export interface SupervisorOptions {
  /** Who signs in. */
  readonly userId: UserId
  /** Waits between attempts. */
  readonly clock: Clock
  /** From 0 to 1: so that thousands of clients do not come back in the same second. */
  readonly random: () => number
  /** Signs in at the backend, which asks `credentials` where it needs a secret. */
  readonly connect: (credentials: CredentialsProvider) => void
  /** Ends the connection. */
  readonly disconnect: () => Promise<void>
  /** Hears of states that nobody at the backend told: waiting, or the end of it. */
  readonly show: (session: SessionState) => void
  /** The app's own function; absent where a backend needs no secret. */
  readonly credentials?: CredentialsProvider
  /** Where tokens are minted per device. */
  readonly clientId?: string
  /** What the kit runs on. */
  readonly platformName?: string
  /** Destroys what a sign-out must not leave on this machine. */
  readonly forget?: () => Promise<void>
}

/** Leads every end of a session to its way out (A2-A6, A11, A12). */
export interface SessionSupervisor {
  /** Takes what the backend tells, and gives what is to be shown of it. */
  onSession(told: SessionState): SessionState
  /**
   * A call begins; what it returns hears of a call that was answered as if nobody were signed in. Where the session of its
   * beginning still stands, that is ended, and what follows is the same as if the backend had told it (K4). A call from an
   * earlier session, or from none, says nothing of the present one.
   */
  beginCall(): (error: ChatErrorShape) => void
  /** A person's wish, or the first sign-in; while one runs it is the same one. */
  signIn(): void
  /** The network or the page is back: what waits goes on at once. */
  wake(): void
  /** Ends the connection and keeps everything for later. */
  disconnect(): Promise<void>
  /** Ends the connection and destroys what this machine knows of the user, also where the connection ends badly. */
  signOut(): Promise<void>
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A backend that says "later" about credentials and no more is asked again after this. */
const CREDENTIALS_WAIT_MS = 60_000
/** A session that ends sooner was no success, so it does not renew the patience. */
const SETTLED_AFTER_MS = 30_000
const NO_SECRET: Credentials = { secret: '' }

/** The backend will not have these credentials. */
interface Rejected {
  readonly state: 'credentials-needed'
  readonly error: ChatErrorShape
}

/** A supervisor of somebody who is not signed in. */
export function createSessionSupervisor(options: SupervisorOptions): SessionSupervisor {
  const { clock, credentials: provider } = options
  /** Somebody wants to be online: only then anything is done by itself. */
  let isWanted = false
  /** A sign-in is under way, a session stands, or fresh credentials are asked for. */
  let isBusy = false
  /** Grows with each wish, so that what an older one began ends unheard. */
  let generation = 0
  let attempts = 0
  let tries = 0
  let rejections = 0
  let wasKicked = false
  let hasBeenOnline = false
  let standing: { readonly sinceAt: number } | undefined
  let isRenewing = false
  let renewed: Credentials | undefined
  let asking: Promise<Credentials> | undefined
  let providerError: ChatErrorShape | undefined
  let waiting: { readonly stop: Stop; readonly work: () => void } | undefined

  function connect(): void {
    isBusy = true
    providerError = undefined
    options.connect(credentialsFor(generation))
  }

  /** What the backend asks: an answer that was fetched for it already, else the app. */
  function credentialsFor(mine: number): CredentialsProvider {
    return async ({ reason }) => {
      const given = renewed
      renewed = undefined
      if (given || !provider) return given ?? NO_SECRET
      try {
        return await ask(reason)
      } catch (thrown) {
        if (mine === generation) providerError = toChatError(thrown)
        throw thrown
      }
    }
  }

  /** One question at a time, however many ask. */
  function ask(reason: CredentialsAsk['reason']): Promise<Credentials> {
    if (!provider) return Promise.resolve(NO_SECRET)
    if (asking) return asking
    attempts++
    const mine = askCredentials(
      provider,
      {
        userId: options.userId,
        reason,
        attempt: attempts,
        ...(options.clientId !== undefined && { clientId: options.clientId }),
        ...(options.platformName !== undefined && { platform: options.platformName }),
      },
      clock,
    ).finally(() => {
      if (asking === mine) asking = undefined
    })
    asking = mine
    return mine
  }

  function waitFor(ms: number, work: () => void): void {
    callOffWaiting()
    const run = () => {
      callOffWaiting()
      work()
    }
    waiting = { stop: clock.after(ms, run), work: run }
  }

  function callOffWaiting(): void {
    waiting?.stop()
    waiting = undefined
  }

  function underWay(retryInMs: number, error: ChatErrorShape): SessionState {
    return { state: hasBeenOnline ? 'reconnecting' : 'connecting', retryInMs, error }
  }

  function onOffline(told: Extract<SessionState, { state: 'offline' }>): SessionState {
    const { error } = told
    isBusy = false
    if (isWanted && providerError) return stay({ state: 'credentials-needed', error: providerError })
    if (!isWanted || error?.retry !== 'later') return told
    const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries++, 16))
    const backoffMs = grown * (0.5 + options.random() / 2)
    const waitMs = Math.round(Math.max(backoffMs, (error.untilAt ?? 0) - clock.now()))
    isBusy = true
    waitFor(waitMs, connect)
    return underWay(waitMs, error)
  }

  function onRejected(told: Rejected): SessionState {
    const { error } = told
    // Told again while fresh credentials are on their way: the same rejection.
    if (isRenewing) return underWay(0, error)
    const isHopeless =
      !isWanted ||
      !provider ||
      wasKicked ||
      rejections > 0 ||
      error.kind === 'forbidden' ||
      isProviderFailure(error)
    if (isHopeless) return stay(told)
    rejections++
    isBusy = true
    isRenewing = true
    const leastMs = error.untilAt !== undefined ? error.untilAt - clock.now() : 0
    const waitMs = Math.max(0, leastMs || (error.retry === 'later' ? CREDENTIALS_WAIT_MS : 0))
    if (waitMs > 0) waitFor(waitMs, () => void renew())
    else void renew()
    return underWay(waitMs, error)
  }

  async function renew(): Promise<void> {
    const mine = generation
    try {
      // An answer to a question from before the rejection may be the rejected one.
      asking = undefined
      const fresh = await ask('rejected')
      if (mine !== generation) return
      renewed = fresh
      isRenewing = false
      connect()
    } catch (thrown) {
      if (mine === generation) options.show(stay({ state: 'credentials-needed', error: toChatError(thrown) }))
    }
  }

  /** An end that only a person can leave. */
  function stay(session: SessionState): SessionState {
    isBusy = false
    isRenewing = false
    generation++
    callOffWaiting()
    return session
  }

  function onOnline(): void {
    isBusy = true
    hasBeenOnline = true
    wasKicked = false
    standing ??= { sinceAt: clock.now() }
    callOffWaiting()
  }

  function leaveOnline(): void {
    const ended = standing
    standing = undefined
    if (ended === undefined || clock.now() - ended.sinceAt < SETTLED_AFTER_MS) return
    attempts = 0
    tries = 0
    rejections = 0
  }

  async function end(): Promise<void> {
    isWanted = false
    isBusy = false
    isRenewing = false
    renewed = undefined
    generation++
    callOffWaiting()
    await options.disconnect()
  }

  async function leaveRefused(error: ChatErrorShape): Promise<void> {
    const mine = generation
    // However the connection ends, it is of no use any more.
    await options.disconnect().catch(() => {})
    if (mine !== generation || !isWanted) return
    const ended = endOfSession(error)
    if (ended.state === 'kicked') wasKicked = true
    options.show(ended.state === 'kicked' ? stay(ended) : onRejected(ended))
  }

  return {
    beginCall() {
      const mine = standing
      return (error) => {
        if (mine === undefined || mine !== standing) return
        leaveOnline()
        void leaveRefused(error)
      }
    },
    onSession(told) {
      if (told.state !== 'online') leaveOnline()
      switch (told.state) {
        case 'online':
          onOnline()
          return told
        case 'connecting':
        case 'reconnecting':
          isBusy = true
          return told
        case 'offline':
          return onOffline(told)
        case 'kicked':
          wasKicked = true
          return stay(told)
        default:
          return told.state === 'credentials-needed'
            ? onRejected({ state: told.state, error: told.error })
            : stay(told)
      }
    },
    signIn() {
      isWanted = true
      if (waiting) return waiting.work()
      if (isBusy) return
      generation++
      rejections = 0
      connect()
    },
    wake: () => waiting?.work(),
    disconnect: end,
    async signOut() {
      try {
        await end()
      } finally {
        attempts = 0
        tries = 0
        rejections = 0
        wasKicked = false
        hasBeenOnline = false
        await options.forget?.()
      }
    },
  }
}
