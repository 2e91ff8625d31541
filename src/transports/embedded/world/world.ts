import type { EpochMs, GroupId, GroupType, Mentions, Openness, Part, UserId } from '../../../model'

/** Somebody who lives in a world. */
export interface WorldPerson {
  readonly id: UserId
  readonly name: string
  readonly signature?: string
  readonly gender?: 'female' | 'male' | 'other'
  readonly addMode?: 'free' | 'ask' | 'closed'
}
/** A group as a world describes it; `members` includes the owner. */
export interface WorldGroup {
  readonly id: GroupId
  readonly type: GroupType
  readonly name: string
  readonly intro?: string
  readonly announcement?: string
  readonly joining: Openness
  readonly createdAt: EpochMs
  readonly members: readonly {
    readonly userId: UserId
    readonly role: 'owner' | 'admin' | 'member'
    readonly nameCard?: string
  }[]
}
/** One message of a world, before the service numbers it. */
export interface WorldMessage {
  readonly senderId: UserId
  readonly sentAt: EpochMs
  readonly parts: readonly Part[]
  readonly mentions?: Mentions
}
/** One conversation of a world: between two people or in a group; `messages` run oldest to newest by `sentAt`. */
export interface WorldConversation {
  readonly between?: readonly [UserId, UserId]
  readonly groupId?: GroupId
  readonly messages: readonly WorldMessage[]
  /** How many of the messages (counted from the oldest) each member has read; absent: all of them. */
  readonly readCounts?: Readonly<Record<UserId, number>>
}
/** A friend request that waits for an answer. */
export interface WorldFriendRequest {
  readonly fromId: UserId
  readonly toId: UserId
  readonly askedAt: EpochMs
  readonly wording?: string
  readonly source?: string
}
/** Everything an embedded service is filled with before its first user signs in. */
export interface World {
  readonly people: readonly WorldPerson[]
  readonly friendships: readonly (readonly [UserId, UserId])[]
  readonly friendRequests?: readonly WorldFriendRequest[]
  readonly groups: readonly WorldGroup[]
  readonly conversations: readonly WorldConversation[]
}
