/** What the engine asks of the outside world: the transport contract, time, ids and a place to log. */
export type { Cache, CachedNoun, CachedPageRequest, CachedSearch, OutboxStore } from './cache'
export type { Clock } from './clock'
export type { ConversationsFacet } from './conversations'
export type { FilePurpose, FilesFacet } from './files'
export type { GroupsFacet, MemberQuery } from './groups'
export type { IdSource } from './idSource'
export type { Logger } from './logger'
export type { MessagesFacet } from './messages'
export type { ContactsFacet, PresenceFacet, ProfilesFacet, Replaceable } from './people'
export type {
  NotificationNote,
  NotificationPermit,
  Notifier,
  Platform,
  Recorder,
  Recording,
  Tabs,
  TabsLine,
} from './platform'
export type { Ability, Facets, RateRule, Transport, TransportDomain } from './transport'
