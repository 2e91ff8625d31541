/** The nouns of chat and the facts and wishes about them. This layer imports nothing and runs anywhere. */
export type { AbilityScope, Verdict } from './ability'
export type { CachedOpening, CacheStart } from './cached'
export type { ChatEvent, EventSource, LocalEvent, OutboxState } from './chatEvent'
export { ChatError, isChatError, plainError, toChatError } from './chatError'
export type { ChatErrorInit, ChatErrorShape, ErrorDomain, ErrorKind } from './chatError'
export type { Command, OutboxItem } from './command'
export type { Contact, FriendRequest, RequestState } from './contact'
export type { Conversation, NotifyMode } from './conversation'
export type { Group, GroupApplication, GroupType, Member, Notice, Openness } from './group'
export type {
  HistoryEdge,
  HistoryPage,
  HistoryRequest,
  KnownEdge,
  KnownPage,
  EverywhereFound,
  MessagesFound,
  SearchHit,
  SearchQuery,
} from './history'
export type { Checkpoint, ConversationId, Cursor, EpochMs, GroupId, UserId } from './id'
export { EMPTY_DRAFT, isEmptyDraft } from './draft'
export type { Draft } from './draft'
export type { Habit, HabitName } from './habit'
export type { CommandIntent, Dispatch, Intent, IntentResults } from './intent'
export type { Json, Patch, Stop, Texts } from './json'
export type { LimitName, Limits } from './limits'
export type { ImageOptions, LocalFile, Media, RemoteFile } from './media'
export { clientKey, isClientKey, isClientKeyOf, refOf } from './message'
export type {
  MentionName,
  Mentions,
  Message,
  MessageBody,
  MessageKey,
  MessageOrder,
  MessageRef,
  OutgoingMessage,
  Part,
  PartKind,
  ReactionTotal,
  Priority,
} from './message'
export type { LiveRoomStanding } from './liveRoom'
export type { MessageChange } from './messageChange'
export type { BatchResult, Page, Task } from './page'
export type { Presence } from './presence'
export type { Profile } from './profile'
export type { ReadPoint, Receipt } from './receipt'
export type {
  ConnectOptions,
  Credentials,
  CredentialsAsk,
  CredentialsProvider,
  Hint,
  SessionState,
} from './session'
export type { Listener, Told, TransportEvent } from './transportEvent'
