import './styles/index.css'

/** Parley for Vue apps: the kit, its components, and what an app needs to know to embed them. */
export { createChatKit, userSource } from './app'
export type { ChatKit, ChatKitOptions, HostedFacets, UserSource } from './app'
export { ChatApp } from './components/ChatApp'
export { ChatKitProvider } from './components/ChatKitProvider'
export { ChatPanel } from './components/ChatPanel'
export { ConversationDetails } from './components/ConversationDetails'
export { ConversationList } from './components/ConversationList'
export { Diagnostics } from './components/Diagnostics'
export { GroupAdmin } from './components/GroupAdmin'
export type { MessageRenderers, PartOf, PartRendererProps } from './components/Message'
export { useChatKit } from './composables'
export type {
  ChatKitContext,
  ConversationSummary,
  ExtendMessageActions,
  MessageAction,
  MessageStatus,
  TimelineRow,
} from './composables'
export type { Locale } from './i18n'
export { ChatError, isChatError } from './model'
export type { ChatErrorShape, Dispatch, Intent, IntentResults } from './model'
