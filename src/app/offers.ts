import { catalogueError } from '../core/errors'
import type { Ability, Logger, Transport } from '../core/ports'
import { kitEnded } from '../core/session'
import type { ChatErrorShape, Verdict } from '../model'
import type { ChatKitContext } from '../composables'

/** What a backend offers, as far as is known by now. */
export interface Offers {
  readonly can: ChatKitContext['can']
  /** The plan of the backend does not include this, as it has just said. */
  withdraw(ability: Ability, error: ChatErrorShape): void
  /** A new sign-in may be one with another plan. */
  renew(): void
  /** What its transport has calls for. */
  all(): readonly Ability[]
}
/** What is looked at to know. */
export interface OffersSetup {
  readonly transport: Transport
  readonly logger: Logger
  /** Read by whoever shows what can be done: it is another once that has changed. */
  revision(): unknown
  isEnded(): boolean
  onWithdrawn(): void
}

/** Everything its transport has calls for is offered, until the backend says otherwise. */
export function createOffers({ transport, logger, revision, isEnded, onWithdrawn }: OffersSetup): Offers {
  const withdrawn = new Map<Ability, ChatErrorShape>()
  return {
    can(ability, scope) {
      void revision()
      if (isEnded()) return kitEnded()
      if (!hasMethod(transport, ability)) return unsupported(ability)
      return withdrawn.get(ability) ?? transport.can(ability, scope)
    },
    withdraw(ability, error) {
      withdrawn.set(ability, error)
      logger.warn(`The plan of this backend does not include ${ability}.`, error)
      onWithdrawn()
    },
    renew: () => withdrawn.clear(),
    all: () => abilitiesOf(transport),
  }
}

function hasMethod(transport: Transport, ability: Ability): boolean {
  const [facet, method] = ability.split('.') as [keyof Transport, string]
  const offered = transport[facet] as Record<string, unknown> | undefined
  return typeof offered?.[method] === 'function'
}

function abilitiesOf(transport: Transport): readonly Ability[] {
  const facets = ['messages', 'conversations', 'profiles', 'groups', 'contacts', 'presence', 'files'] as const
  return facets.flatMap((facet) =>
    Object.entries(transport[facet] ?? {})
      .filter(([method, value]) => typeof value === 'function' && method !== 'subscribe')
      .map(([method]) => `${facet}.${method}` as Ability),
  )
}

function unsupported(ability: Ability): Verdict {
  return catalogueError('parley', 'unsupported', {}, `no ${ability} here`)
}
