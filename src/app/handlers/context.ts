import type { Pinia } from 'pinia'
import type { Cache, Clock, IdSource, Logger, Transport } from '../../core/ports'
import type { Intent, IntentResults, UserId } from '../../model'
import type { Ingest } from '../ingest'

/** What the handlers of intents work with. */
export interface HandlerContext {
  readonly transport: Transport
  readonly ownId: UserId
  /** What this machine keeps; absent: nothing is kept. */
  readonly cache?: Cache
  readonly pinia: Pinia
  readonly ingest: Ingest
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger: Logger
  /** How many messages a page of history holds at the most. */
  readonly historyPageSize: number
}

/** One handler for each of the named intents. */
export type Handlers<Names extends Intent['type']> = {
  readonly [N in Names]: (intent: Extract<Intent, { type: N }>) => Promise<IntentResults[N]>
}
