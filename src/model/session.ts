import type { ChatErrorShape } from './chatError'
import type { Checkpoint, EpochMs, UserId } from './id'
import type { Texts } from './json'

/** `secret` is a password, a user signature or a token; `extra` holds what else a backend signs with. */
export interface Credentials {
  readonly secret: string
  readonly expiresAt?: EpochMs
  readonly extra?: Texts
}
/** What the app's provider is told when it is asked (A1, A11). */
export interface CredentialsAsk {
  readonly userId: UserId
  readonly reason: 'sign-in' | 'expired' | 'rejected'
  /** Where tokens are minted per device. */
  readonly clientId?: string
  /** What the kit runs on, where tokens are minted per platform. */
  readonly platform?: string
  /** Which ask of this sign-in it is, from 1; being online for a while begins anew. */
  readonly attempt?: number
}
/** The app's own function: it asks the app's server, never a key in the page (A1). */
export type CredentialsProvider = (ask: CredentialsAsk) => Promise<Credentials>
/** `userId` comes before any credentials, so that the right cache opens while offline. */
export interface ConnectOptions {
  /** Who signs in. */
  readonly userId: UserId
  /** Asked when a secret is needed. */
  readonly credentials: CredentialsProvider
  /** Where the events stood when they were last stored. */
  readonly checkpoint?: Checkpoint
}
/** The transport retries by itself in 'connecting' and 'reconnecting' only; elsewhere it waits for the next `connect` (A2). */
export type SessionState =
  | { readonly state: 'offline'; readonly error?: ChatErrorShape }
  | {
      readonly state: 'connecting' | 'reconnecting'
      readonly retryInMs?: number
      readonly error?: ChatErrorShape
    }
  | {
      readonly state: 'online'
      /** Missed events are still coming in. */
      readonly isCatchingUp: boolean
      /** Since the checkpoint or the last 'online' nothing is lost but what 'timeline.interrupted' names; false: all is in doubt. */
      readonly hasContinuity: boolean
    }
  | { readonly state: 'credentials-needed' | 'banned' | 'refused'; readonly error: ChatErrorShape }
  | {
      readonly state: 'kicked'
      readonly by: 'other-device' | 'too-many-instances' | 'operator'
      readonly error?: ChatErrorShape
    }
/** What the platform tells, so that a frozen mini-program wakes with a live socket. */
export type Hint = 'foreground' | 'background' | 'network-up' | 'network-down'
