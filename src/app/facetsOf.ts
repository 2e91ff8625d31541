import type {
  ContactsFacet,
  Facets,
  FilesFacet,
  GroupsFacet,
  PresenceFacet,
  ProfilesFacet,
  Replaceable,
  Transport,
} from '../core/ports'
import { catalogueError } from '../core/errors'
import type { Listener, Stop, TransportEvent } from '../model'
import { userSource } from './userSource'
import type { UserSource } from './userSource'

/** The areas an app may host itself (G8); each replaces the transport's, and with it the transport's events of that area. */
export interface HostedFacets {
  /** Who people are: a whole facet, or a source of a few lines. */
  readonly profiles?: ProfilesFacet | UserSource | undefined
  /** Friends, requests and the blocklist. */
  readonly contacts?: ContactsFacet | undefined
  /** Who is there. */
  readonly presence?: PresenceFacet | undefined
  /** Groups and their members. */
  readonly groups?: GroupsFacet | undefined
  /** Where files live. */
  readonly files?: FilesFacet | undefined
}

type Area = keyof HostedFacets
const AREAS: readonly Area[] = ['profiles', 'contacts', 'presence', 'groups', 'files']

/** Whose events these are; those of messages, conversations and the session always stay the transport's. */
const AREA_BY_EVENT: { readonly [T in TransportEvent['type']]?: Area } = {
  'profile.changed': 'profiles',
  'contact.changed': 'contacts',
  'contact.removed': 'contacts',
  'friendRequest.changed': 'contacts',
  'blocklist.changed': 'contacts',
  'presence.changed': 'presence',
  'group.changed': 'groups',
  'member.changed': 'groups',
  'member.removed': 'groups',
  'application.changed': 'groups',
  'attributes.changed': 'groups',
  'counters.changed': 'groups',
}

/** The transport with the areas that the app hosts in place of its own; the transport itself where there are none. */
export function facetsOf({
  transport,
  ...hosted
}: HostedFacets & { readonly transport: Transport }): Transport {
  const own = facetsGiven(hosted)
  const areas = AREAS.filter((area) => own[area] !== undefined)
  if (areas.length === 0) return transport
  const isHosted = (event: TransportEvent) => {
    const area = areaOf(event)
    return area !== undefined && areas.includes(area)
  }

  return {
    id: transport.id,
    scope: transport.scope,
    domains: transport.domains,
    messages: transport.messages,
    conversations: transport.conversations,
    ...facetsGiven(transport),
    ...own,
    connect: (options) => transport.connect(options),
    disconnect: () => transport.disconnect(),
    session: () => transport.session(),
    hint: (hint) => transport.hint?.(hint),
    limits: (scope) => transport.limits(scope),
    can(ability, scope) {
      const [area, method] = ability.split('.') as [Area, string]
      const facet = own[area] as Readonly<Record<string, unknown>> | undefined
      if (facet === undefined) return transport.can(ability, scope)
      if (typeof facet[method] === 'function') return 'yes'
      return catalogueError('parley', 'unsupported')
    },
    subscribe(listener) {
      const stops = [
        transport.subscribe((events) => {
          const left = events.filter((event) => !isHosted(event))
          if (left.length > 0) listener(left)
        }),
        ...areas.map((area) => subscribeTo(area, own[area], listener)),
      ]
      return () => stops.forEach((stop) => stop())
    },
  }
}

/** Those facets that are there and may be replaced. */
function facetsGiven(given: HostedFacets): Partial<Pick<Facets, Area>> {
  const { profiles, contacts, presence, groups, files } = given
  return {
    ...(profiles && { profiles: 'pushes' in profiles ? profiles : userSource(profiles) }),
    ...(contacts && { contacts }),
    ...(presence && { presence }),
    ...(groups && { groups }),
    ...(files && { files }),
  }
}

/** A facet may tell of its own area only, and one that fails costs nothing but its events. */
function subscribeTo(area: Area, facet: Replaceable | undefined, listener: Listener): Stop {
  try {
    const stop = facet?.subscribe?.((events) => {
      const ours = events.filter((event) => areaOf(event) === area)
      if (ours.length > 0) listener(ours)
    })
    return typeof stop === 'function' ? stop : () => {}
  } catch (thrown) {
    listener([
      { type: 'wire.rejected', reason: `the app's ${area} cannot be subscribed to: ${String(thrown)}` },
    ])
    return () => {}
  }
}

function areaOf(event: TransportEvent): Area | undefined {
  const type: unknown = (event as TransportEvent | null | undefined)?.type
  return typeof type === 'string' && Object.hasOwn(AREA_BY_EVENT, type)
    ? AREA_BY_EVENT[type as TransportEvent['type']]
    : undefined
}
