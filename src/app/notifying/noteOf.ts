import { isolate, normaliseText, truncateToBytes } from '../../core/text'
import { previewText } from '../../i18n'
import type { Translator } from '../../i18n'
import type { Message, UserId } from '../../model'

/** How much a notification tells whoever looks over one's shoulder. */
export type NotificationContent = 'words' | 'names' | 'nothing'

/** Names as they are known. */
export interface NoteNames {
  /** What the conversation is called. */
  readonly title: string
  readonly isDirect: boolean
  nameOf(userId: UserId): string
}

/** The machine shows no more, and some refuse more than a kilobyte in all (F9). */
const MOST_TITLE_BYTES = 200
const MOST_TEXT_BYTES = 800

/** The words of a notification: cleaned, on one line each, and never longer than a machine takes. */
export function noteOf(
  { t }: Pick<Translator, 't'>,
  message: Message,
  { title, isDirect, nameOf }: NoteNames,
  content: NotificationContent,
): { readonly title: string; readonly text: string } {
  if (content === 'nothing') return { title: t('notify.newMessage'), text: '' }
  if (content === 'names') return { title: oneLine(title, MOST_TITLE_BYTES), text: t('notify.newMessage') }
  // What is hidden until it is opened is not laid open beside the page.
  const words =
    message.burnAfterMs === undefined ? previewText(t, message.parts, undefined, nameOf) : t('kinds.burning')
  const text = isDirect
    ? words
    : t('list.by', { name: isolate(nameOf(message.senderId)), text: isolate(words) })
  return { title: oneLine(title, MOST_TITLE_BYTES), text: oneLine(text, MOST_TEXT_BYTES) }
}

function oneLine(text: string, bytes: number): string {
  return truncateToBytes(normaliseText(text).replace(/\s+/gu, ' ').trim(), bytes)
}
