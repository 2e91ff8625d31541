import type { ConversationSummary, TimelineRow } from '../../composables'
import type { ConversationId } from '../../model'

/** What an app may put in place of the parts of an open conversation. */
export interface PanelSlots {
  /** Replaces the header. */
  header?(props: { summary: ConversationSummary | undefined }): unknown
  /** Replaces a whole message. */
  message?(props: { row: TimelineRow; resend: () => void; drop: () => void }): unknown
  /** Replaces the composer. */
  composer?(props: { conversationId: ConversationId }): unknown
}
