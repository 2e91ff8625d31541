import type { Ability, Transport } from '../../core/ports'
import type { CredentialsProvider, GroupId, UserId } from '../../model'

/** The two words of a test runner; those of Vitest, Jest, Mocha and `node:test` all fit. */
export interface SuiteRunner {
  /** Groups checks. */
  readonly describe: (name: string, body: () => void) => unknown
  /** One check; it has failed where the promise rejects. */
  readonly it: (name: string, check: () => Promise<void>) => unknown
}
/** A transport that nobody has signed in with, and what it signs in with. */
export interface TransportUnderTest {
  readonly transport: Transport
  /** What `connect` is given; the suite counts how often it is asked. */
  readonly credentials: CredentialsProvider
}
/** What the author of a transport hands to the suite. */
export interface TransportHarness extends SuiteRunner {
  /** Two users of the backend who may write to each other, better three: without a third some checks do not run. */
  readonly users: readonly UserId[]
  /**
   * A transport of its own for a user, not connected. Called once for each sign-in, and once while the suite is described
   * to see what the transport has.
   */
  readonly createTransport: (userId: UserId) => TransportUnderTest
  /** A group whose members all have joined, for a backend whose groups the transport does not create. */
  readonly makeGroup?: (ownerId: UserId, memberIds: readonly UserId[]) => Promise<GroupId>
  /** Breaks the connection under a transport that is online, without a word to it: it must come back by itself. */
  readonly cutConnection?: (transport: Transport) => Promise<void> | void
  /** True where a user can be signed in only once at a time. */
  readonly isOneDeviceOnly?: boolean
  /** How many milliseconds anything eventual may take, 3000 when absent; the runner has to let a check run longer. */
  readonly patienceMs?: number
  /** What this backend has to offer: a method of this list that is missing, or that `can` refuses for good, fails. */
  readonly mustOffer?: readonly Ability[]
  /** Hears at the end what the backend offers and which checks did not run. */
  readonly report?: (report: ConformanceReport) => void
}

/**
 * 'offered': it is there and its checks ran. 'refused': the adapter has it and this backend does not, which `can` says.
 * 'missing': the adapter has no such method.
 */
export type OfferState = 'offered' | 'refused' | 'missing'
/** One row of the table of what a backend offers. */
export interface Offer {
  readonly ability: Ability
  readonly state: OfferState
  /** How many checks looked at it. */
  readonly checkCount: number
}
/** A check that there was nothing to run on. */
export interface CheckNotRun {
  readonly name: string
  /** What it would have needed. */
  readonly because: string
}
/** What came out of a run. */
export interface ConformanceReport {
  readonly name: string
  readonly offers: readonly Offer[]
  readonly notRun: readonly CheckNotRun[]
  readonly passedCount: number
  readonly failedCount: number
}
