import { tencentLimits } from '../../core/limits'
import type { Limits } from '../../model'

const {
  messageBytes,
  mentionCount,
  fileBytes,
  mergedDepth,
  mergedCount,
  recallWindowMs,
  reactionKinds,
  extensionCount,
  extensionBytes,
  userIdBytes,
  groupIdBytes,
  groupNameBytes,
  groupIntroBytes,
  announcementBytes,
  avatarUrlBytes,
  nameCardBytes,
  profileValueBytes,
  inviteCount,
  contactCount,
  contactFolderCount,
  contactFolderNameBytes,
  wordingBytes,
  remarkBytes,
  attributeCount,
  attributeKeyBytes,
  attributeBytes,
  attributesTotalBytes,
  counterCount,
  pinnedConversationCount,
  folderCount,
  folderNameBytes,
} = tencentLimits

/** The numbers of the embedded service: the vendor's whose codes it speaks, as far as it keeps to them, and some of its own. */
export const LIMITS = {
  messageBytes,
  partCount: 100,
  mentionCount,
  fileBytes,
  mergedDepth,
  mergedCount,
  pageSize: 100,
  recallWindowMs,
  editWindowMs: 86_400_000,
  reactionKinds,
  extensionCount,
  extensionBytes,
  pinnedMessageCount: 10,
  receiptGroupSize: 200,
  profileValueBytes,
  userIdBytes,
  groupIdBytes,
  groupNameBytes,
  groupIntroBytes,
  announcementBytes,
  avatarUrlBytes,
  nameCardBytes,
  inviteCount,
  contactCount,
  contactFolderCount,
  contactFolderNameBytes,
  wordingBytes,
  remarkBytes,
  attributeCount,
  attributeKeyBytes,
  attributeBytes,
  attributesTotalBytes,
  counterCount,
  pinnedConversationCount,
  folderCount,
  folderNameBytes,
} as const satisfies Limits

/** So many people can give one and the same reaction to a message (E3). */
export const REACTION_USERS = 100

/** How much room a whole message takes at most: all its fields and merged items, but not the bytes of its files. */
export const MESSAGE_ROOM_BYTES = 262_144

/** How much room the app's own fields of a profile or a group take at most. */
export const CUSTOM_ROOM_BYTES = 16_384

/** The longest value of each kind of field that `LIMITS` does not name: whoever receives it has to show it. */
export const FIELD_BYTES = {
  id: 255,
  clientId: 64,
  fileName: 255,
  mime: 127,
  url: 2048,
  fileKey: 2048,
  abstract: 1000,
  label: 1000,
  typeName: 255,
  reaction: 64,
  extensionKey: 100,
  reason: 1000,
} as const
