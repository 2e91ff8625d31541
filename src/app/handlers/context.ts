import type { Pinia } from 'pinia'
import type { Ability, Cache, Clock, IdSource, Logger, Tabs, Transport } from '../../core/ports'
import type { ChatErrorShape, Intent, IntentResults, UserId } from '../../model'
import type { Ingest } from '../ingest'
import type { OnScreen } from '../notifying'
import type { TextScreen } from '../screening'

/** What the handlers of intents work with. */
export interface HandlerContext {
  readonly transport: Transport
  readonly ownId: UserId
  readonly pinia: Pinia
  readonly ingest: Ingest
  /** What this machine keeps. */
  readonly cache: Cache
  /** Names what this machine keeps for this user, for the tabs that share it. */
  readonly name: string
  readonly tabs?: Tabs
  readonly clock: Clock
  readonly ids: IdSource
  /** Chance, from 0 up to 1. */
  readonly random: () => number
  readonly logger: Logger
  /** The plan does not include this: nobody is offered it until the next sign-in (K7). */
  readonly withdraw: (ability: Ability, error: ChatErrorShape) => void
  /** A call begins; what it returns is told where that is answered as if nobody were signed in (K4). */
  readonly beginCall: () => (error: ChatErrorShape) => void
  /** Grows with each end of a line: what was asked on an earlier one may have been cut off with it. */
  readonly line: () => number
  /** Looks at what a person has written before it goes. */
  readonly screenText?: TextScreen
  /** Which conversations stand on this page. */
  readonly onScreen: OnScreen
  /** How many messages a page of history holds at the most. */
  readonly historyPageSize: number
}

/** One handler for each of the named intents. */
export type Handlers<Names extends Intent['type']> = {
  readonly [N in Names]: (intent: Extract<Intent, { type: N }>) => Promise<IntentResults[N]>
}
