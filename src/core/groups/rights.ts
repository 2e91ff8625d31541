import type { Group, GroupType, Member, Openness } from '../../model'

/** What somebody is in a group; 'outsider' is not in it. */
export type GroupRole = Member['role'] | 'outsider'

/** What holds in a group of one type, whoever looks. */
export interface GroupRules {
  /** How many people fit in. */
  readonly seats: number
  /** How the door may be set; where there is one way only, nobody can set it. */
  readonly joinings: readonly Openness[]
  /** How the door stands while nobody has set it. */
  readonly usualJoining: Openness
  /** What may be set for invitations by plain members: they count at once, somebody approves of them, or there are none. */
  readonly invitings: readonly Openness[]
  /** What holds for them while nobody has set it. */
  readonly usualInviting: Openness
  /** What was said stays readable. */
  readonly isHistoryKept: boolean
  /** A newcomer reads what was said before he came (D9). */
  readonly isPastShown: boolean
  /** There is a list of members. */
  readonly hasMemberList: boolean
  /** A message can tell who has read it (E8). */
  readonly hasReceipts: boolean
  /** The timeline says who comes and goes. */
  readonly tellsComings: boolean
}

/** What somebody may do in a group; about other members only where he outranks them, see `outranks`. */
export interface GroupPowers {
  /** Come in by himself, at once or on approval, as the door stands. */
  readonly canJoin: boolean
  /** Bring others in, as far as the group has invitations open, see `invitationOf`. */
  readonly canInvite: boolean
  /** Answer those who ask to come in, and those whom members propose. */
  readonly canApprove: boolean
  readonly canKick: boolean
  /** Make members admins and admins members. */
  readonly canSetAdmins: boolean
  /** Hand the group over. */
  readonly canTransfer: boolean
  /** Take one member's voice for a time. */
  readonly canMute: boolean
  /** Take the voice of all who do not lead. */
  readonly canMuteAll: boolean
  /** Take back what others have said. */
  readonly canRecallOthers: boolean
  /** Point at everybody in a message. */
  readonly canMentionAll: boolean
  /** Change name, picture, introduction and announcement. */
  readonly canEditProfile: boolean
  /** Set the door and the invitations; whoever may also invites past them. */
  readonly canEditSettings: boolean
  readonly canDissolve: boolean
  readonly canQuit: boolean
  readonly canReadMembers: boolean
}

/** All that a role in a group of one type means. */
export interface GroupRights extends GroupRules, GroupPowers {}

const ALL_WAYS: readonly Openness[] = ['free', 'approval', 'closed']

/** Where groups differ that keep what is said. */
const KEPT = { isHistoryKept: true, hasMemberList: true } as const

const RULES: Readonly<Record<GroupType, GroupRules>> = {
  work: {
    ...KEPT,
    seats: 200,
    joinings: ['closed'],
    usualJoining: 'closed',
    invitings: ['free'],
    usualInviting: 'free',
    isPastShown: false,
    hasReceipts: true,
    tellsComings: true,
  },
  public: {
    ...KEPT,
    seats: 2000,
    joinings: ALL_WAYS,
    usualJoining: 'approval',
    invitings: ALL_WAYS,
    usualInviting: 'approval',
    isPastShown: false,
    hasReceipts: true,
    tellsComings: true,
  },
  meeting: {
    ...KEPT,
    seats: 2000,
    joinings: ['free'],
    usualJoining: 'free',
    invitings: ['free', 'closed'],
    usualInviting: 'closed',
    isPastShown: true,
    hasReceipts: true,
    tellsComings: false,
  },
  live: {
    isHistoryKept: false,
    hasMemberList: false,
    seats: Infinity,
    joinings: ['free'],
    usualJoining: 'free',
    invitings: ['closed'],
    usualInviting: 'closed',
    isPastShown: false,
    hasReceipts: false,
    tellsComings: true,
  },
  community: {
    ...KEPT,
    seats: 100_000,
    joinings: ALL_WAYS,
    usualJoining: 'free',
    invitings: ALL_WAYS,
    usualInviting: 'closed',
    isPastShown: true,
    hasReceipts: false,
    tellsComings: true,
  },
}

/** Who may: the letters of those roles, owner, admin, member, outsider; '' is nobody. */
type Who = '' | 'o' | 'oa' | 'oam' | 'am' | 'x'
type PowerTable = { readonly [P in keyof GroupPowers]: Who }

/** Where an owner has admins beside him. */
const LED: PowerTable = {
  canJoin: 'x',
  canInvite: 'oam',
  canApprove: 'oa',
  canKick: 'oa',
  canSetAdmins: 'o',
  canTransfer: 'o',
  canMute: 'oa',
  canMuteAll: 'oa',
  canRecallOthers: 'oa',
  canMentionAll: 'oam',
  canEditProfile: 'oa',
  canEditSettings: 'oa',
  canDissolve: 'o',
  canQuit: 'am',
  canReadMembers: 'oam',
}

const POWERS: Readonly<Record<GroupType, PowerTable>> = {
  // Friends among themselves: nobody is above the others but for the owner, who can put somebody out.
  work: {
    ...LED,
    canJoin: '',
    canApprove: '',
    canKick: 'o',
    canSetAdmins: '',
    canMute: '',
    canMuteAll: '',
    canRecallOthers: 'o',
    canEditProfile: 'oam',
    canEditSettings: '',
    canDissolve: '',
    canQuit: 'oam',
  },
  public: LED,
  // Who may come in is never asked there.
  meeting: { ...LED, canApprove: '' },
  // One host and an audience that nobody lists; muting and putting out are messages of the host (J4).
  live: {
    ...LED,
    canInvite: '',
    canApprove: '',
    canKick: '',
    canSetAdmins: '',
    canTransfer: '',
    canMute: '',
    canMuteAll: 'o',
    canRecallOthers: 'o',
    canMentionAll: '',
    canEditProfile: 'o',
    canEditSettings: '',
    canReadMembers: '',
  },
  community: { ...LED, canMentionAll: '' },
}

const LETTERS: Readonly<Record<GroupRole, string>> = { owner: 'o', admin: 'a', member: 'm', outsider: 'x' }
const RANKS: Readonly<Record<GroupRole, number>> = { owner: 0, admin: 1, member: 2, outsider: 3 }

/** What holds in groups of a type (I1). */
export function groupRules(type: GroupType): GroupRules {
  return RULES[type]
}

/** What somebody may do in a group, by its type and his role there (I4). */
export function groupRights(type: GroupType, role: GroupRole): GroupRights {
  const powers = Object.entries(POWERS[type]).map(([power, who]) => [power, who.includes(LETTERS[role])])
  return { ...RULES[type], ...(Object.fromEntries(powers) as unknown as GroupPowers) }
}

/** True where the first stands above the second: nobody puts out or mutes his equal. */
export function outranks(role: GroupRole, other: GroupRole): boolean {
  return RANKS[role] < RANKS[other]
}

/** How the door of a group stands. */
export function joiningOf({ type, joining }: Pick<Group, 'type' | 'joining'>): Openness {
  const { joinings, usualJoining } = RULES[type]
  return joining !== undefined && joinings.includes(joining) ? joining : usualJoining
}

/** What holds for invitations by plain members of a group. */
export function invitingOf({ type, inviting }: Pick<Group, 'type' | 'inviting'>): Openness {
  const { invitings, usualInviting } = RULES[type]
  return inviting !== undefined && invitings.includes(inviting) ? inviting : usualInviting
}

/** What becomes of an invitation by somebody of this role. */
export function invitationOf(group: Pick<Group, 'type' | 'inviting'>, role: GroupRole): Openness {
  const { canInvite, canEditSettings } = groupRights(group.type, role)
  if (!canInvite) return 'closed'
  return canEditSettings ? 'free' : invitingOf(group)
}
