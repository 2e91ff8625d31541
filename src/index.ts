import './styles/index.css'

/** Parley for Vue apps: the kit, its components, and what an app needs to know to embed them. */
export { createChatKit, userSource } from './app'
export type {
  ChatKit,
  ChatKitOptions,
  HostedFacets,
  LogLevel,
  NotificationOptions,
  ScreenedText,
  TextScreen,
  UserSource,
} from './app'
export { ChatApp } from './components/ChatApp'
export { ChatKitProvider } from './components/ChatKitProvider'
export { ChatPanel } from './components/ChatPanel'
export type { ComposerSlotProps, ToolsSlotProps } from './components/ChatPanel'
export { ComposerRoot as Composer } from './components/Composer'
export { ContactList } from './components/ContactList'
export { ConversationDetails } from './components/ConversationDetails'
export { ConversationList } from './components/ConversationList'
export type { ConversationFold } from './components/ConversationList'
export { NoticeBar as SessionNotice } from './components/Notice'
export { SearchPanel } from './components/SearchPanel'
export { Diagnostics } from './components/Diagnostics'
export type {
  ContentOptions,
  Face,
  MessageRenderers,
  PartOf,
  PartRendererProps,
  PressedLink,
} from './components/Message'
export { FriendRequests } from './components/FriendRequests'
export { ProfileCard } from './components/ProfileCard'
export { CreateGroup, CreateGroupForm } from './components/CreateGroup'
export { FindGroups } from './components/FindGroup'
export { GroupAdmin } from './components/GroupAdmin'
export { GroupInbox } from './components/GroupInbox'
export { LiveRoom } from './components/LiveRoom'
export { useChatKit, useErrorText, useUnreadTotal } from './composables'
export type {
  ChatKitContext,
  ConversationSummary,
  ErrorText,
  ExtendMessageActions,
  MessageAssistance,
  LiveGift,
  MessageAction,
  MessageStatus,
  TimelineRow,
} from './composables'
export { extendLocale } from './i18n'
export type { Catalogue, CodeWords, Locale, LocaleParts } from './i18n'
export { ChatError, isChatError } from './model'
export type { ChatErrorShape, Dispatch, Intent, IntentResults, Message, Stop } from './model'
