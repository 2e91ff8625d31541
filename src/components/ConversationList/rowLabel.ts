import type { ConversationSummary } from '../../composables'
import type { Translate } from '../../i18n'

/** The accessible name of a row: the title first, then what is new, then the rest (a listener skims by the first words). */
export function rowLabel(t: Translate, summary: ConversationSummary, timeLabel: string): string {
  const draft = summary.draft.trim()
  return [
    summary.title,
    summary.unreadCount > 0
      ? t('list.unreadCount', {}, summary.unreadCount)
      : summary.isMarkedUnread && t('list.markedUnread'),
    summary.isMentioned && t('list.mentioned'),
    summary.typingNames.length > 0 && t('chat.typing'),
    draft ? `${t('list.draft')}: ${draft}` : summary.preview,
    timeLabel,
    summary.isPinned && t('list.pinned'),
    summary.isMuted && t('list.muted'),
  ]
    .filter(Boolean)
    .join(t('common.listSeparator'))
}
