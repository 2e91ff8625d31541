/** Parley's stores and composables without components: for interfaces of one's own. */
export {
  chatKitKey,
  provideChatKit,
  useChatKit,
  useComposer,
  useConversationDetails,
  useConversationList,
  useConversationSummary,
  useConversationTitles,
  useFileUrl,
  useGroup,
  useLocale,
  useNow,
  useProfile,
  useSession,
  useTimeline,
  useUnsent,
} from './composables'
export type {
  ChatKitContext,
  ComposerView,
  ConversationDetailsView,
  ConversationListView,
  ConversationSummary,
  ConversationTitlesView,
  FileUrlView,
  UseLocale,
  MessageStatus,
  GapState,
  NewerState,
  OlderState,
  ProfileOptions,
  SessionView,
  ShownGroup,
  ShownProfile,
  TimelineRow,
  TimelineView,
  UnsentView,
} from './composables'
export { createChatKit, userSource } from './app'
export type { ChatKit, ChatKitOptions, HostedFacets, UserSource } from './app'
export {
  useConversationStore,
  useGroupStore,
  useOutboxStore,
  useProfileStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
  useTypingStore,
} from './stores'
export type { GroupMembers, SessionNotice, UserMarks } from './stores'
export type { Dispatch, Intent, IntentResults } from './model'
