import { catalogueError } from '../../core/errors'
import type { ChatError, EpochMs, Message } from '../../model'

type More = Parameters<typeof catalogueError>[2]

/** An answer in the words of the catalogue the service speaks. */
function tencent(code: number, more?: More): ChatError {
  return catalogueError('tencent', code, more)
}

function parley(code: string, more?: More, message?: string): ChatError {
  return catalogueError('parley', code, more, message)
}

/** Every refusal of the embedded service, named for what went wrong. */
export const refusals = {
  /** A call before sign-in or after it (A6). */
  notSignedIn: () => tencent(6014),
  /** `connect` for somebody the service does not know. */
  noSuchAccount: () => tencent(70107),
  credentialsExpired: () => tencent(70001),
  credentialsWrong: () => tencent(70003),
  /** The app's own function has failed to give any. */
  noCredentials: (cause: unknown) => parley('no-credentials', { cause }),
  credentialsLate: () => parley('credentials-late'),
  banned: () => parley('banned'),
  /** More in a second than the service takes from one user (I9). */
  tooOften: (untilAt: EpochMs) => tencent(60018, { untilAt }),
  serviceClosed: () => parley('service-closed'),
  cancelled: () => parley('cancelled'),
  /** A value that cannot be: the caller's mistake, so the detail is for the log. */
  invalid: (what: string) => parley('invalid', {}, what),
  fieldTooLong: (what: string) => parley('field-too-long', {}, `${what} is too long`),
  badUserId: () => tencent(7003),
  noSuchUser: () => tencent(20003),
  noSuchConversation: () => parley('no-such-conversation'),
  notInConversation: () => parley('not-in-conversation'),
  conversationPinsFull: () => tencent(51012),
  tooManyMarked: () => tencent(51006),
  noSuchFolder: () => tencent(51009),
  conversationFoldersFull: () => tencent(51010),
  conversationFoldersHoldTooMany: () => tencent(51008),
  folderNameTooLong: () => tencent(51011),
  noSuchMessage: () => parley('no-such-message'),
  messageGone: (isGroup: boolean) => tencent(isGroup ? 10030 : 20022),
  /** Longer ago than the recall window (E1). */
  recallTooLate: (isGroup: boolean) => tencent(isGroup ? 10031 : 20016),
  notRecallable: () => tencent(10032),
  messageRecalled: () => tencent(20023),
  notMyMessage: () => parley('not-my-message'),
  editTooLate: () => parley('edit-too-late'),
  /** Somebody or another device has edited it since (E2). */
  editConflict: (latest: Message) => tencent(20028, { latest }),
  reactionsFull: () => parley('reactions-full'),
  /** More than 300 key/values on one message (E4). */
  extensionsFull: () => parley('extensions-full'),
  messagePinsFull: () => tencent(10070),
  /** The group is too large for its members to see who has read what (E8). */
  receiptsNotShared: () => tencent(10060),
  oldCursor: () => parley('cursor-expired'),
  emptyMessage: () => parley('empty-message'),
  /** More than 12 KB over all parts (C10). */
  messageTooLong: () => tencent(80002),
  tooManyMentions: () => tencent(10053),
  noMentionAll: () => parley('no-mention-all'),
  mergedTooDeep: () => tencent(8005),
  notAMember: () => tencent(10007, { operation: 'messages.send' }),
  /** Whom something is to be done to is no member. */
  notInGroup: () => tencent(10007, { kind: 'not-found' }),
  noRight: () => tencent(10007),
  ownerStays: () => tencent(10009),
  noSuchGroup: () => tencent(10010),
  alreadyMember: () => tencent(10013),
  /** Somebody else has answered it by now (I2). */
  applicationHandled: () => tencent(10024),
  noSuchApplication: () => parley('no-such-application'),
  /** A value that this type of group does not have. */
  notForThisType: () => tencent(10004),
  /** Without an end where a mute has none. */
  muted: (until: EpochMs | 'forever') => tencent(10017, until === 'forever' ? {} : { untilAt: until }),
  nobodyInvited: () => tencent(8510),
  groupFull: () => tencent(10014),
  groupIdTaken: () => tencent(10021),
  groupIdMine: () => tencent(10025),
  /** Put out, and not before then back in; without an end where a ban has none (I6). */
  bannedFromGroup: (until: EpochMs | 'forever') =>
    parley('banned-from-group', until === 'forever' ? {} : { untilAt: until }),
  /** Whom somebody wants to bring in or let in. */
  memberBanned: () => parley('member-banned'),
  /** Who has asked somebody in is out himself by now, or may ask nobody in any more. */
  inviterGone: () => parley('inviter-gone'),
  inviterWithoutRight: () => parley('inviter-without-right'),
  workTakesNoApplications: () => tencent(8508),
  badGroupId: () => tencent(8501),
  groupNameTooLong: () => tencent(8502),
  groupIntroTooLong: () => tencent(8503),
  announcementTooLong: () => tencent(8504),
  avatarUrlTooLong: () => tencent(8505),
  attributeKeyTooLong: () => tencent(10045),
  attributeTooLong: () => tencent(10046),
  tooManyAttributes: () => tencent(10047),
  attributesTooLong: () => tencent(10048),
  /** Somebody else has written them since they were read (I8). */
  attributesChanged: () => tencent(10056),
  tooManyCounters: () => tencent(10063),
  profileValueTooLong: () => tencent(40601),
  badProfileField: () => tencent(9001),
  /** The receiver has blocked the sender (H4). */
  blockedByPeer: () => tencent(20007),
  /** The relation check (H6): neither has the other; the sender has not the receiver; the receiver has not the sender. */
  notFriends: () => tencent(20009),
  notMyFriend: () => tencent(20010),
  notHisFriend: () => tencent(20011),
  askingOneself: () => tencent(30001),
  noSuchPerson: () => tencent(30003),
  contactsFull: () => tencent(30010),
  foldersFull: () => tencent(30011),
  hisContactsFull: () => tencent(30014),
  /** Whom one has blocked cannot be asked. */
  blockedByMe: () => tencent(30515),
  /** Takes no requests from anybody (H3). */
  asksNotTaken: () => tencent(30516),
  blockedByAsked: () => tencent(30525),
  noSuchRequest: () => tencent(30614),
  requestAnswered: () => parley('request-answered'),
  notAContact: () => tencent(31704),
  /** Asked before and not answered, or refused: both must rest a while (H2). */
  askedTooSoon: (because: 'unanswered' | 'refused', untilAt: EpochMs) =>
    because === 'unanswered'
      ? parley('request-unanswered', { untilAt })
      : parley('request-refused', { untilAt }),
  noSuchFile: () => tencent(7004),
  fileTooLarge: () => tencent(7005),
  fileEmpty: () => tencent(7006),
  fileUnreadable: (cause: unknown) => tencent(7007, { cause }),
  fileGone: () => parley('file-gone'),
  unsupported: () => parley('unsupported'),
} as const
