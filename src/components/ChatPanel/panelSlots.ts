import type { ConversationSummary, TimelineRow } from '../../composables'
import type { ConversationId, Draft, Message } from '../../model'

/** What a composer of the app's own is told; `useComposer` of `vue-parley/headless` does the rest. */
export interface ComposerSlotProps {
  /** Where the message goes. */
  conversationId: ConversationId
  /** The message that is being changed, instead of a new one being written. */
  editing: Message | undefined
  /** The message was changed, or stays as it was. */
  endEditing: () => void
  /** What the next message answers; it is part of the draft, so `useComposer` sends it along. */
  replyTo: Draft['replyTo']
  /** The next message answers nothing. */
  endReply: () => void
}

/** What an app may put in place of the parts of an open conversation. */
export interface PanelSlots {
  /** Replaces the header. */
  header?(props: { summary: ConversationSummary | undefined }): unknown
  /** Replaces a whole message. */
  message?(props: { row: TimelineRow; resend: () => void; drop: () => void }): unknown
  /** Replaces the composer. */
  composer?(props: ComposerSlotProps): unknown
  /** One more button in the composer, beside those for files and emoji. */
  tools?(props: ToolsSlotProps): unknown
}

/** What a button of the app's own in the composer is told. */
export interface ToolsSlotProps {
  /** Where the message goes. */
  conversationId: ConversationId
  /** Nothing can be written here now. */
  isReadOnly: boolean
}
