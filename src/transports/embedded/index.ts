/** A whole chat service in the browser: no server, all tabs share it, and each tab can be another person. */
export { createEmbeddedService, createEmbeddedTransport } from './service'
export type {
  CredentialsCheck,
  CredentialsVerdict,
  DeviceKind,
  InviteePolicy,
  RelationPolicy,
  ServiceRates,
  SignInPolicy,
} from './rules'
export type { Crowd, CrowdOptions } from './crowd'
export type { PlannedFailure } from './failures'
export type { EmbeddedService, EmbeddedServiceOptions, EmbeddedTransportOptions } from './service'
export type { KickedBy } from './standing'
export type {
  World,
  WorldConversation,
  WorldFriendRequest,
  WorldGroup,
  WorldMessage,
  WorldPerson,
} from './world/world'
