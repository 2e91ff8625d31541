import type { Credentials, UserId } from '../../model'

/** What a device is, where that decides who may be signed in beside it. */
export type DeviceKind = 'web' | 'phone' | 'desktop' | 'tablet'
/** How many devices of one user may be signed in at a time; a newer sign-in ends an older one in its place (A13). */
export type SignInPolicy = 'many' | 'one-phone-one-desktop' | 'one-per-type' | 'one'
/** What the service finds about credentials. */
export type CredentialsVerdict = 'ok' | 'expired' | 'wrong' | 'banned'
/** Looks at what somebody signs in with. */
export type CredentialsCheck = (
  userId: UserId,
  credentials: Credentials,
) => CredentialsVerdict | Promise<CredentialsVerdict>
/** How much one user may do in a second; what is absent has no bound (I9). */
export interface ServiceRates {
  /** Messages sent. */
  readonly sendPerSecond?: number
  /** Messages that get through in one live room, those of high priority apart; 40 when absent (J1). */
  readonly livePerSecond?: number
  /** Calls of any kind, sending included. */
  readonly requestsPerSecond?: number
}
/** What it takes to write to somebody directly. */
export interface RelationPolicy {
  /** Only friends may write to each other (H6). @default false */
  readonly isFriendsOnly?: boolean
  /** What becomes of a message to somebody who has blocked the sender (H4): it fails, or it looks sent and nobody sees it. @default 'fails' */
  readonly blocked?: 'fails' | 'looks-sent'
}
/** Whether those who are invited into a group are in at once or are asked first (I2). */
export type InviteePolicy = 'let-in' | 'asked'
/** What the service is strict about. */
export interface Rules {
  /** Absent: nobody is asked for a secret. */
  readonly credentials?: CredentialsCheck | undefined
  readonly signIn: SignInPolicy
  readonly rates: ServiceRates
  /** How long a sender may take back what he has said; two minutes when absent (E1). */
  readonly recallWindowMs?: number
  readonly relations?: RelationPolicy
  /** What becomes of whom a member invites: he is in at once, or he is asked first. @default 'let-in' */
  readonly invitees?: InviteePolicy
}
