import type { Ability, Clock, Facets, IdSource } from '../../../core/ports'
import { toChatError } from '../../../model'
import type {
  AbilityScope,
  Checkpoint,
  EpochMs,
  Limits,
  TransportEvent,
  UserId,
  Verdict,
} from '../../../model'
import type { Disco } from './disco'
import type { BareJid } from './jid'
import type { Names } from './names'
import type { Request } from './requests'
import type { Xml } from './xml'

/** Who is signed in, from where, and the name of this sign-in. */
export interface Me {
  readonly userId: UserId
  readonly bare: BareJid
  readonly domain: string
  /** With the device. */
  readonly full: string
  /** Cursors carry it, because they are good for one session only; a resumed stream is the same session. */
  readonly sessionId: string
  readonly names: Names
}
/** Everything an area needs of the stream. */
export interface Wire {
  readonly clock: Clock
  readonly ids: IdSource
  readonly disco: Disco
  /** Waits for a sign-in under way; rejects when there is none, or it takes too long (A6). */
  whenOnline(): Promise<Me>
  /** Who is signed in or on the way to it. */
  me(): Me | undefined
  /** Asks and waits for the answer; rejects at once where no stream stands. */
  request(request: Request): Promise<Xml>
  /** Throws where no stream stands; what it took may still be lost with the stream. */
  send(stanza: Xml): void
  emit(...events: readonly TransportEvent[]): void
  /** Counts input that nobody understands or believes. */
  reject(reason: string): void
}
/** What a sign-in is told to an area. */
export interface SignInStart {
  readonly me: Me
  /** What the kit has stored; absent where it has nothing. */
  readonly checkpoint: Checkpoint | undefined
  /** False where an earlier stream of the same `connect` was lost and could not be resumed. */
  readonly isFirst: boolean
  /**
   * When the stream before broke, where the server knows nothing of it any more: it has died, and may have died with
   * what it had taken last.
   */
  readonly diedAt?: EpochMs
}
/** One room of the transport: what it offers to the kit, and what it wants to hear of the wire. */
export interface Area {
  readonly facets?: Partial<Facets>
  /** True: the stanza is taken. The first area that takes it is the last to see it. */
  onMessage?(stanza: Xml): boolean
  onPresence?(stanza: Xml): boolean
  /** A request by the server or another client; what nobody takes is answered with an error. */
  onRequest?(stanza: Xml): boolean
  /** Runs before 'online' is told, on a stream that is not a resumed one; areas one after another, in their order. */
  onSignIn?(start: SignInStart): Promise<void>
  /** Runs after 'online' is told; false: something that cannot be named may be lost. */
  catchUp?(start: SignInStart): Promise<boolean>
  /** The stream goes on where it broke off: what was asked in between may have failed. */
  onResume?(): void
  /** The stream is gone and will not be resumed: what waits for its echo waits in vain. */
  onStreamLost?(): void
  /** Nobody is signed in any more: everything of this user goes. */
  onEnd?(): void
  /** What this moment allows; undefined: this area has nothing to say about it. */
  verdict?(ability: Ability, scope: AbilityScope): Verdict | undefined
  limits?(scope?: AbilityScope): Limits
}

/** Does a call for whoever is signed in; whatever it throws comes out as a ChatError (K2). */
export async function asUser<R>(wire: Wire, work: (me: Me) => Promise<R>): Promise<R> {
  try {
    return await work(await wire.whenOnline())
  } catch (error) {
    throw toChatError(error)
  }
}
