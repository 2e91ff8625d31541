import type { ChatErrorShape } from './chatError'
import type { ConversationId, GroupId, UserId } from './id'
import type { Message, PartKind } from './message'

/** What is asked about: the more is given, the better the answer. */
export interface AbilityScope {
  readonly conversationId?: ConversationId
  readonly groupId?: GroupId
  readonly userId?: UserId
  readonly message?: Message
  readonly part?: PartKind
  readonly isMentionAll?: boolean
  readonly anchor?: 'at' | 'oldest'
}
/** 'try': only the call can tell. Otherwise the very error the call would reject with. */
export type Verdict = 'yes' | 'try' | ChatErrorShape
