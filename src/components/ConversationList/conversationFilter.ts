import type { ConversationSummary } from '../../composables'

/** Which conversations are listed. */
export type ConversationTab = 'all' | 'unread' | 'groups'

/** True where a conversation belongs on a tab and its title holds the words searched for. */
export function isListed(summary: ConversationSummary, tab: ConversationTab, query: string): boolean {
  if (tab === 'unread' && summary.unreadCount === 0 && !summary.isMarkedUnread) return false
  if (tab === 'groups' && summary.kind === 'direct') return false
  return foldCase(summary.title).includes(foldCase(query.trim()))
}

/** Letters without case and accents, so that "kral" finds "Král". */
function foldCase(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
