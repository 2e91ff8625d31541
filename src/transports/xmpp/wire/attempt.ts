import type { ConnectOptions, Stop } from '../../../model'
import type { Heartbeat } from './heartbeat'
import type { BareJid } from './jid'
import type { Names } from './names'
import type { SecretKeeper } from './secret'
import { createResumeMemory } from './stream'
import type { ResumeMemory, Stream } from './stream'
import type { SignInStart } from './wire'

/** Everything one `connect` holds. */
export interface Attempt {
  readonly options: ConnectOptions
  readonly jid: BareJid
  readonly names: Names
  readonly secret: SecretKeeper
  readonly heartbeat: Heartbeat
  device: string
  memory: ResumeMemory
  stream?: Stream
  start?: SignInStart
  /** The stream is past sign-in: stanzas can go out. */
  isOpen: boolean
  isSignedIn: boolean
  isCaughtUp: boolean
  isCatchingUp: boolean
  hasContinuity: boolean
  hasBeenOnline: boolean
  onlineAt: number
  /** When the last stream broke, or could not be opened. */
  brokenAt: number
  /** When the last stream broke that was open. */
  lostAt: number
  /** See `SignInStart`; stands until a sign-in is through. */
  diedAt?: number
  tries: number
  retry?: { readonly stop: Stop; now(): void }
}

const FIRST_WAIT_MS = 1_000
const QUICK_WAIT_MS = 300
const LONGEST_WAIT_MS = 60_000

/** An attempt that has not begun. */
export function newAttempt(
  given: Pick<Attempt, 'options' | 'jid' | 'names' | 'secret' | 'heartbeat' | 'device'>,
): Attempt {
  return {
    ...given,
    memory: createResumeMemory(),
    isOpen: false,
    isSignedIn: false,
    isCaughtUp: false,
    isCatchingUp: false,
    hasContinuity: false,
    hasBeenOnline: false,
    onlineAt: 0,
    brokenAt: -Infinity,
    lostAt: -Infinity,
    tries: 0,
  }
}

/** Soon after a session that stood, then longer each time; `random` from 0 to 1. */
export function waitBeforeRetry(tries: number, hasBeenOnline: boolean, random: number): number {
  const grownMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 16))
  return Math.round((tries === 0 && hasBeenOnline ? QUICK_WAIT_MS : grownMs) * (0.5 + random / 2))
}
