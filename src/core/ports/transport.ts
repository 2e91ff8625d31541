import type {
  AbilityScope,
  ConnectOptions,
  Hint,
  Limits,
  Listener,
  SessionState,
  Stop,
  Verdict,
} from '../../model'
import type { ConversationsFacet } from './conversations'
import type { FilesFacet } from './files'
import type { GroupsFacet } from './groups'
import type { MessagesFacet } from './messages'
import type { ContactsFacet, PresenceFacet, ProfilesFacet } from './people'

/** The areas a transport offers; a missing one hides its screens. */
export interface Facets {
  readonly messages: MessagesFacet
  readonly conversations: ConversationsFacet
  readonly profiles?: ProfilesFacet
  readonly groups?: GroupsFacet
  readonly contacts?: ContactsFacet
  readonly presence?: PresenceFacet
  readonly files?: FilesFacet
}
type MethodOf<F> = {
  [M in keyof F]-?: NonNullable<F[M]> extends (...args: never[]) => unknown ? M : never
}[keyof F] &
  string
/** 'messages.recall', 'groups.kick' ...: named after the methods, so that there is no second list. */
export type Ability = {
  [F in keyof Facets]-?: `${F}.${Exclude<MethodOf<NonNullable<Facets[F]>>, 'subscribe'>}`
}[keyof Facets]

/** So many calls of an ability in so long a time; '*' counts all that are paced, whatever they are. */
export interface RateRule {
  readonly name: Ability | '*'
  readonly count: number
  readonly perMs: number
}
/** A host the transport talks to, for the allow-lists of mini-programs and firewalls (L3). */
export interface TransportDomain {
  readonly host: string
  readonly use: 'socket' | 'request' | 'upload' | 'download'
}
/** The adapter to one backend. What it knows how to do is what it has; what this moment allows is `can`. */
export interface Transport extends Facets {
  readonly id: string
  /** Names the app at the backend (app id, domain): caches are kept per id + scope + user (A10). */
  readonly scope: string
  readonly domains: readonly TransportDomain[]
  /** How often the backend may be asked: the kit waits for its turn instead of failing (I9). Absent: it never waits. */
  readonly rates?: readonly RateRule[]
  /** Returns at once; what it leads to is told by 'session.changed'. Again for the same user: the same sign-in (A6). */
  connect(options: ConnectOptions): void
  /** Undoes what this transport did, no more; once resolved no event comes and no timer, listener or socket of its own is left. */
  disconnect(): Promise<void>
  session(): SessionState
  subscribe(listener: Listener): Stop
  hint?(hint: Hint): void
  can(ability: Ability, scope?: AbilityScope): Verdict
  limits(scope?: AbilityScope): Limits
}
