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
  useDiagnostics,
  useFileUrl,
  useLocale,
  useNow,
  useProfile,
  useSession,
  useTimeline,
} from './composables'
export type {
  ChatKitContext,
  CheckStep,
  ComposerView,
  ConversationDetailsView,
  ConversationListView,
  ConversationSummary,
  ConversationTitlesView,
  DiagnosticFact,
  DiagnosticSection,
  DiagnosticsView,
  FileUrlView,
  KitFacts,
  MessageCheck,
  UseLocale,
  MessageStatus,
  OlderState,
  SessionView,
  ShownProfile,
  TimelineRow,
  TimelineView,
  WayOut,
} from './composables'
export { createChatKit } from './app'
export type { ChatKit, ChatKitOptions } from './app'
export {
  useConversationStore,
  useDiagnosticsStore,
  useGroupStore,
  useProfileStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
  useTypingStore,
} from './stores'
export type { GroupMembers, RecentError, SessionChange, SessionNotice, UserMarks } from './stores'
export type { Dispatch, Intent, IntentResults } from './model'
