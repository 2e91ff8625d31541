import type { GroupType, LimitName } from '../../model'

/** Seats per type of group; a live room has no end of them. */
export const SEATS: Readonly<Record<GroupType, number>> = {
  work: 200,
  public: 2000,
  meeting: 2000,
  community: 100_000,
  live: Infinity,
}

/** The numbers of the embedded service. */
export const LIMITS = {
  messageBytes: 12_288,
  partCount: 100,
  mentionCount: 30,
  fileBytes: 104_857_600,
  mergedDepth: 100,
  mergedCount: 300,
  pageSize: 100,
  receiptGroupSize: 200,
  groupIdBytes: 48,
  groupNameBytes: 30,
  groupIntroBytes: 240,
  announcementBytes: 300,
  avatarUrlBytes: 100,
  nameCardBytes: 50,
  inviteCount: 500,
} as const satisfies { readonly [N in LimitName]?: number }

/** The longest value of a profile field. */
export const PROFILE_VALUE_BYTES = 500
