import type { Limits } from '../../model'
import type { RateRule } from '../ports'

/** What the first vendor publishes; the embedded service keeps to the same numbers. */
export const tencentLimits = {
  messageBytes: 12_288,
  mentionCount: 30,
  fileBytes: 104_857_600,
  mergedDepth: 100,
  mergedCount: 300,
  recallWindowMs: 120_000,
  reactionKinds: 10,
  extensionCount: 300,
  extensionBytes: 1024,
  pinnedConversationCount: 50,
  folderCount: 20,
  folderNameBytes: 32,
  contactCount: 1000,
  contactFolderCount: 32,
  contactFolderNameBytes: 30,
  wordingBytes: 120,
  remarkBytes: 96,
  profileValueBytes: 500,
  userIdBytes: 32,
  groupIdBytes: 48,
  groupNameBytes: 30,
  groupIntroBytes: 240,
  announcementBytes: 300,
  avatarUrlBytes: 100,
  nameCardBytes: 50,
  inviteCount: 500,
  attributeCount: 16,
  attributeKeyBytes: 32,
  attributeBytes: 4000,
  attributesTotalBytes: 16_000,
  counterCount: 20,
} as const satisfies Limits

/** How often the first vendor may be asked (I9). */
export const tencentRates: readonly RateRule[] = [
  { name: '*', count: 5, perMs: 1000 },
  { name: 'groups.writeAttributes', count: 5, perMs: 1000 },
  { name: 'groups.readAttributes', count: 20, perMs: 5000 },
  { name: 'groups.onlineCount', count: 1, perMs: 60_000 },
  { name: 'groups.fetch', count: 1, perMs: 1000 },
  { name: 'groups.list', count: 1, perMs: 1000 },
]
