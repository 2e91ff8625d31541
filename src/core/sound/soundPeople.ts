import type {
  Contact,
  FriendRequest,
  Group,
  GroupApplication,
  Member,
  Patch,
  Presence,
  Profile,
} from '../../model'
import {
  amount,
  flag,
  id,
  json,
  label,
  list,
  moment,
  oneOf,
  or,
  pastMoment,
  patch,
  prose,
  shape,
  url,
} from './sound'
import type { Fields } from './sound'

const OPENNESS = oneOf('free', 'approval', 'closed')
const REQUEST_STATE = oneOf('pending', 'accepted', 'refused', 'gone')
const DIRECTION = oneOf('in', 'out')
const GROUP_TYPE = oneOf('work', 'public', 'meeting', 'live', 'community')
const GROUP_STATE = oneOf('joined', 'not-joined', 'dissolved', 'unknown')
const ROLE = oneOf('owner', 'admin', 'member')
const UNTIL = (told: unknown) => (told === 'forever' ? told : moment(told))

const PROFILE: Fields = {
  name: label,
  avatar: url,
  signature: prose,
  gender: oneOf('female', 'male', 'other'),
  addMode: oneOf('free', 'ask', 'closed'),
  custom: json,
  onlyInId: id,
}
const MEMBER: Fields = {
  nameCard: label,
  joinedAt: pastMoment,
  mutedUntil: UNTIL,
  bannedUntil: UNTIL,
  custom: json,
}
const CONTACT: Fields = { remark: label, folders: list(label), custom: json }

/** One user inside one group. Whose role cannot be read is no more than a member. */
export const soundMember = shape<Member>({ userId: id, role: or(ROLE, 'member') }, MEMBER)
/** What is news of a member. */
export const soundMemberPatch = patch<Patch<Member, 'userId'>>({ userId: id }, { role: ROLE }, MEMBER)

const GROUP: Fields = {
  name: label,
  avatar: url,
  intro: prose,
  announcement: prose,
  ownerId: id,
  memberCount: amount,
  joining: OPENNESS,
  inviting: OPENNESS,
  isMuted: flag,
  isSaved: flag,
  me: soundMember,
  bannedUntil: UNTIL,
  custom: json,
}
const REQUEST: Fields = { wording: prose, source: label, at: pastMoment, isRead: flag }

/** A profile as its owner holds it. */
export const soundProfile = shape<Profile>({ id }, PROFILE)
/** What is news of a profile. */
export const soundProfilePatch = patch<Patch<Profile, 'id'>>({ id }, {}, PROFILE)
/** A group as the backend holds it; of a type that nobody knows there is none. */
export const soundGroup = shape<Group>({ id, type: GROUP_TYPE, state: or(GROUP_STATE, 'unknown') }, GROUP)
/** What is news of a group. */
export const soundGroupPatch = patch<Patch<Group, 'id'>>(
  { id },
  { type: GROUP_TYPE, state: GROUP_STATE },
  GROUP,
)
/** A friend as this machine kept him. */
export const soundContact = shape<Contact>({ userId: id }, CONTACT)
/** What is news of a friend. */
export const soundContactPatch = patch<Patch<Contact, 'userId'>>({ userId: id }, {}, CONTACT)
/** What is news of a friend request. */
export const soundRequestPatch = patch<Patch<FriendRequest, 'id' | 'userId' | 'direction'>>(
  { id, userId: id, direction: DIRECTION },
  { state: REQUEST_STATE },
  REQUEST,
)
/** A friend request as the backend holds it. */
export const soundRequest = shape<FriendRequest>(
  { id, userId: id, direction: DIRECTION, state: REQUEST_STATE },
  REQUEST,
)
/** Somebody at the door of a group. */
export const soundApplication = shape<GroupApplication>(
  { id, groupId: id, userId: id, kind: oneOf('asks', 'proposed', 'invites-me'), state: REQUEST_STATE },
  { byId: id, wording: prose, at: pastMoment },
)
/** Whether somebody is there. */
export const soundPresence = shape<Presence>(
  { userId: id, state: oneOf('online', 'offline', 'unknown') },
  { status: label, lastSeenAt: pastMoment },
)
