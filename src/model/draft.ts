import type { Media } from './media'
import type { MentionName, MessageBody } from './message'

/** What is written in a conversation and not sent yet; it stays on this device. */
export interface Draft {
  readonly text: string
  readonly attachments: readonly Media[]
  /** Who was picked to be pointed at; those whose names still stand in the text are (E7). */
  readonly mentions?: readonly MentionName[]
  /** The message it answers (E4). */
  readonly replyTo?: NonNullable<MessageBody['replyTo']>
  /** So long after it is opened it is gone (C8). */
  readonly burnAfterMs?: number
}

/** The draft of a conversation in which nothing was begun. */
export const EMPTY_DRAFT: Draft = { text: '', attachments: [] }

/** True for a draft that holds nothing worth keeping. */
export function isEmptyDraft({ text, attachments, replyTo, burnAfterMs }: Draft): boolean {
  return text === '' && attachments.length === 0 && replyTo === undefined && burnAfterMs === undefined
}
