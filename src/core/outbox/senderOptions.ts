import type { Command, OutboxItem, Task } from '../../model'
import type { Clock, OutboxStore, Tabs } from '../ports'
import type { Finding } from './attempt'

/** What sending needs from its surroundings. */
export interface SenderOptions {
  /** What all tabs share. */
  readonly store: OutboxStore
  /** All waiting goes by it. */
  readonly clock: Clock
  /** The other tabs; absent: there are none. */
  readonly tabs?: Tabs
  /** Names what is shared: one name for one user of one backend. */
  readonly name: string
  /** How long an attempt may take without an answer and without progress. */
  readonly attemptMs: number
  /** From 0 to 1, for waiting by chance. */
  random(): number
  /** Does a command at the backend; `onAlive` says that it goes on. */
  run(item: OutboxItem, onAlive: () => void): Task<unknown>
  /** Asks the backend whether a command arrived after all; `done` is what it would have resolved with. */
  find(item: OutboxItem): Promise<Finding>
  /** How one finds out about an attempt that may have arrived: by doing it again, where that is harmless, or by asking. */
  doubt(command: Command): 'again' | 'find'
  /** Resolves once what the end of a command has told is kept: only then it leaves the store. */
  keepEnding?(item: OutboxItem): Promise<void>
  /** How far the server's clock is ahead of the device's. */
  clockOffsetMs(): number
  /** Hears that an item is nowhere though nobody told its end. */
  onMissing(id: string): void
  /** Hears that an item was called back when its attempt had just given it back. */
  onCalledBack(id: string): void
  /** Sees to it that a failure of what nobody waits for is heard of. */
  behind(work: Promise<unknown>): void
}
