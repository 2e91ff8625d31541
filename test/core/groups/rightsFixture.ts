import type { GroupType } from '../../../src/model'

type Cells = Readonly<Record<GroupType, string>>

/**
 * Who may do what, written down from what is asked for and from what the service that the embedded one follows is known
 * to do, not from the code. o: owner, a: admin, m: member, x: somebody who is not in the group, -: nobody.
 */
export const POWERS: Readonly<Record<string, Cells>> = {
  // Nobody applies to a work group (8508); into the others one comes by oneself, at once or on approval.
  canJoin: { work: '-', public: 'x', meeting: 'x', live: 'x', community: 'x' },
  // Any member brings people into a work group; nobody can be put into a live room.
  canInvite: { work: 'oam', public: 'oam', meeting: 'oam', live: '-', community: 'oam' },
  canApprove: { work: '-', public: 'oa', meeting: '-', live: '-', community: 'oa' },
  // A live room cannot put out its members nor set admins.
  canKick: { work: 'o', public: 'oa', meeting: 'oa', live: '-', community: 'oa' },
  canSetAdmins: { work: '-', public: 'o', meeting: 'o', live: '-', community: 'o' },
  canTransfer: { work: 'o', public: 'o', meeting: 'o', live: '-', community: 'o' },
  // Admins and owner mute; in a live room that rides on messages of the host.
  canMute: { work: '-', public: 'oa', meeting: 'oa', live: '-', community: 'oa' },
  canMuteAll: { work: '-', public: 'oa', meeting: 'oa', live: 'o', community: 'oa' },
  canRecallOthers: { work: 'o', public: 'oa', meeting: 'oa', live: 'o', community: 'oa' },
  // No mentions in live rooms, no @all in communities.
  canMentionAll: { work: 'oam', public: 'oam', meeting: 'oam', live: '-', community: '-' },
  canEditProfile: { work: 'oam', public: 'oa', meeting: 'oa', live: 'o', community: 'oa' },
  canEditSettings: { work: '-', public: 'oa', meeting: 'oa', live: '-', community: 'oa' },
  canDissolve: { work: '-', public: 'o', meeting: 'o', live: 'o', community: 'o' },
  // The owner cannot just leave where the type forbids it (10009).
  canQuit: { work: 'oam', public: 'am', meeting: 'am', live: 'am', community: 'am' },
  canReadMembers: { work: 'oam', public: 'oam', meeting: 'oam', live: '-', community: 'oam' },
}

/** Whoever may change what everybody sees of a group pins for everybody; a live room keeps nothing to be pinned (E9). */
export const PINNING: Cells = { work: 'oam', public: 'oa', meeting: 'oa', live: '-', community: 'oa' }

/** What holds for everybody in a group of each type. */
export const RULES: Readonly<Record<string, Readonly<Record<GroupType, unknown>>>> = {
  seats: { work: 200, public: 2000, meeting: 2000, live: Infinity, community: 100_000 },
  usualJoining: { work: 'closed', public: 'approval', meeting: 'free', live: 'free', community: 'free' },
  joinings: {
    work: ['closed'],
    public: ['free', 'approval', 'closed'],
    meeting: ['free'],
    live: ['free'],
    community: ['free', 'approval', 'closed'],
  },
  usualInviting: { work: 'free', public: 'approval', meeting: 'closed', live: 'closed', community: 'closed' },
  invitings: {
    work: ['free'],
    public: ['free', 'approval', 'closed'],
    meeting: ['free', 'closed'],
    live: ['closed'],
    community: ['free', 'approval', 'closed'],
  },
  isHistoryKept: { work: true, public: true, meeting: true, live: false, community: true },
  // Work and public groups do not show the past, meetings do, live rooms have none.
  isPastShown: { work: false, public: false, meeting: true, live: false, community: true },
  hasMemberList: { work: true, public: true, meeting: true, live: false, community: true },
  hasReceipts: { work: true, public: true, meeting: true, live: false, community: false },
  // Not in meetings; in live rooms.
  tellsComings: { work: true, public: true, meeting: false, live: true, community: true },
}
