import type { RequestState } from './contact'
import type { EpochMs, GroupId, UserId } from './id'
import type { Json, Patch } from './json'

/** The five types of groups (I1); what each allows is data elsewhere. */
export type GroupType = 'work' | 'public' | 'meeting' | 'live' | 'community'
/** How a door stands: anyone, on approval, nobody. */
export type Openness = 'free' | 'approval' | 'closed'
/** A group as last known; `state` 'unknown' may be old (G7). */
export interface Group {
  readonly id: GroupId
  readonly type: GroupType
  readonly state: 'joined' | 'not-joined' | 'dissolved' | 'unknown'
  readonly name?: string
  readonly avatar?: string
  readonly intro?: string
  readonly announcement?: string
  readonly ownerId?: UserId
  readonly memberCount?: number
  readonly joining?: Openness
  readonly inviting?: Openness
  readonly isMuted?: boolean
  readonly isSaved?: boolean
  readonly me?: Member
  /** This user was put out, and cannot come back before, where the backend tells him. */
  readonly bannedUntil?: EpochMs | 'forever'
  readonly custom?: Json
}
/** One user inside one group. */
export interface Member {
  readonly userId: UserId
  readonly role: 'owner' | 'admin' | 'member'
  readonly nameCard?: string
  readonly joinedAt?: EpochMs
  readonly mutedUntil?: EpochMs | 'forever'
  /** Of somebody who was put out: he cannot come back before. */
  readonly bannedUntil?: EpochMs | 'forever'
  readonly custom?: Json
}
/** Three doors, one type: somebody asks to join, a member proposes somebody, or I am invited. */
export interface GroupApplication {
  readonly id: string
  readonly groupId: GroupId
  readonly userId: UserId
  readonly kind: 'asks' | 'proposed' | 'invites-me'
  readonly state: RequestState
  readonly byId?: UserId
  readonly wording?: string
  readonly at?: EpochMs
}
/** What happened in a group, to be read; the same change also comes as a group or member event, to be applied (C7). */
export interface Notice {
  readonly kind: 'notice'
  readonly about:
    | 'created'
    | 'joined'
    | 'invited'
    | 'left'
    | 'kicked'
    | 'role'
    | 'owner'
    | 'profile'
    | 'muted'
    | 'dissolved'
    | 'other'
  readonly byId?: UserId
  readonly userIds?: readonly UserId[]
  readonly changes?: Patch<Group, 'id'>
  readonly text?: string
}
