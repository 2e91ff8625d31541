import { foldText } from '../../composables'
import type { Conversation } from '../../model'

/** Which conversations are listed. */
export type ConversationTab = 'all' | 'unread' | 'groups'

/** What the filter asks of a conversation. */
export interface Listed {
  readonly title: string
  readonly kind: Conversation['kind']
  readonly isUnread: boolean
}

/** True where a conversation belongs on a tab and its title holds the words searched for. */
export function isListed({ title, kind, isUnread }: Listed, tab: ConversationTab, query: string): boolean {
  if (tab === 'unread' && !isUnread) return false
  if (tab === 'groups' && kind === 'direct') return false
  return foldText(title).includes(foldText(query.trim()))
}
