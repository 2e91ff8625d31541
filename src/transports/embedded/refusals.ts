import { ChatError } from '../../model'
import type { ChatErrorInit, EpochMs, Message } from '../../model'

/** An answer in the words of the catalogue the service speaks: code and kind as that backend gives them. */
function tencent(code: number, kind: ChatErrorInit['kind'], more: Partial<ChatErrorInit> = {}): ChatError {
  return new ChatError({ domain: 'tencent', code, kind, ...more })
}

function parley(code: string, kind: ChatErrorInit['kind'], more: Partial<ChatErrorInit> = {}): ChatError {
  return new ChatError({ code, kind, ...more })
}

/** Every refusal of the embedded service, named for what went wrong. */
export const refusals = {
  /** A call before sign-in or after it (A6). */
  notSignedIn: () => tencent(6014, 'signed-out', { retry: 'after-sign-in', audience: 'developer' }),
  /** `connect` for somebody the service does not know. */
  noSuchAccount: () => tencent(70107, 'signed-out', { retry: 'after-sign-in' }),
  credentialsExpired: () => tencent(70001, 'signed-out', { retry: 'after-sign-in' }),
  credentialsWrong: () => tencent(70003, 'signed-out', { retry: 'after-sign-in' }),
  /** The app's own function has failed to give any. */
  noCredentials: (cause: unknown) =>
    parley('no-credentials', 'signed-out', { retry: 'after-sign-in', cause, audience: 'developer' }),
  credentialsLate: () => parley('credentials-late', 'timeout', { retry: 'later' }),
  banned: () => parley('banned', 'forbidden'),
  /** More in a second than the service takes from one user (I9). */
  tooOften: (untilAt: EpochMs) => tencent(20004, 'too-often', { retry: 'later', untilAt }),
  serviceClosed: () => parley('service-closed', 'offline', { audience: 'developer' }),
  cancelled: () => parley('cancelled', 'cancelled'),
  /** A value that cannot be: the caller's mistake, so the detail is for the log. */
  invalid: (what: string) => new ChatError({ code: 'invalid', kind: 'invalid', audience: 'developer' }, what),
  fieldTooLong: (what: string) =>
    new ChatError({ code: 'field-too-long', kind: 'too-large' }, `${what} is too long`),
  badUserId: () => tencent(7003, 'invalid', { audience: 'developer' }),
  noSuchUser: () => tencent(20003, 'not-found'),
  noSuchConversation: () => parley('no-such-conversation', 'not-found'),
  notInConversation: () => parley('not-in-conversation', 'not-member'),
  noSuchMessage: () => parley('no-such-message', 'not-found'),
  messageGone: (isGroup: boolean) => tencent(isGroup ? 10030 : 20022, 'not-found'),
  /** Longer ago than the recall window (E1). */
  recallTooLate: (isGroup: boolean) => tencent(isGroup ? 10031 : 20016, 'too-late'),
  notRecallable: () => tencent(10032, 'forbidden'),
  messageRecalled: () => tencent(20023, 'already-done'),
  notMyMessage: () => parley('not-my-message', 'forbidden'),
  editTooLate: () => parley('edit-too-late', 'too-late'),
  /** Somebody or another device has edited it since (E2). */
  editConflict: (latest: Message) => tencent(20028, 'conflict', { latest }),
  reactionsFull: () => parley('reactions-full', 'full'),
  oldCursor: () => parley('cursor-expired', 'cursor-expired', { audience: 'developer' }),
  emptyMessage: () => parley('empty-message', 'invalid'),
  /** More than 12 KB over all parts (C10). */
  messageTooLong: () => tencent(80002, 'too-large'),
  tooManyMentions: () => tencent(10053, 'too-large'),
  noMentionAll: () => parley('no-mention-all', 'forbidden'),
  mergedTooDeep: () => tencent(8005, 'too-large'),
  notAMember: () => tencent(10007, 'not-member'),
  /** Whom something is to be done to is no member. */
  notInGroup: () => tencent(10007, 'not-found'),
  noRight: () => tencent(10007, 'forbidden'),
  ownerStays: () => tencent(10009, 'forbidden'),
  noSuchGroup: () => tencent(10010, 'not-found'),
  alreadyMember: () => tencent(10013, 'already-done'),
  /** Somebody else has answered it by now (I2). */
  applicationHandled: () => tencent(10024, 'already-done'),
  noSuchApplication: () => parley('no-such-application', 'not-found'),
  /** A value that this type of group does not have. */
  notForThisType: () => tencent(10004, 'invalid'),
  /** Without an end where a mute has none. */
  muted: (until: EpochMs | 'forever') =>
    tencent(10017, 'muted', until === 'forever' ? {} : { untilAt: until }),
  nobodyInvited: () => tencent(8510, 'invalid'),
  groupFull: () => tencent(10014, 'full'),
  groupIdTaken: () => tencent(10021, 'conflict'),
  groupIdMine: () => tencent(10025, 'already-done'),
  workTakesNoApplications: () => tencent(8508, 'forbidden'),
  badGroupId: () => tencent(8501, 'invalid'),
  groupNameTooLong: () => tencent(8502, 'too-large'),
  groupIntroTooLong: () => tencent(8503, 'too-large'),
  announcementTooLong: () => tencent(8504, 'too-large'),
  avatarUrlTooLong: () => tencent(8505, 'too-large'),
  profileValueTooLong: () => tencent(40601, 'too-large'),
  badProfileField: () => tencent(9001, 'invalid', { audience: 'developer' }),
  noSuchFile: () => tencent(7004, 'not-found'),
  fileTooLarge: () => tencent(7005, 'too-large'),
  fileEmpty: () => tencent(7006, 'invalid'),
  fileUnreadable: (cause: unknown) => tencent(7007, 'other', { cause }),
  fileGone: () => parley('file-gone', 'not-found'),
  unsupported: () => parley('unsupported', 'unsupported', { audience: 'developer' }),
} as const
