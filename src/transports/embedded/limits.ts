import type { LimitName } from '../../model'

/** The numbers of the embedded service. */
export const LIMITS = {
  messageBytes: 12_288,
  partCount: 100,
  mentionCount: 30,
  fileBytes: 104_857_600,
  mergedDepth: 100,
  mergedCount: 300,
  pageSize: 100,
  recallWindowMs: 120_000,
  editWindowMs: 86_400_000,
  reactionKinds: 10,
  receiptGroupSize: 200,
  userIdBytes: 32,
  groupIdBytes: 48,
  groupNameBytes: 30,
  groupIntroBytes: 240,
  announcementBytes: 300,
  avatarUrlBytes: 100,
  nameCardBytes: 50,
  inviteCount: 500,
} as const satisfies { readonly [N in LimitName]?: number }

/** So many people can give one and the same reaction to a message (E3). */
export const REACTION_USERS = 100

/** The longest value of a profile field. */
export const PROFILE_VALUE_BYTES = 500

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
  reason: 1000,
} as const
