import { foldText } from '../../composables'
import type { Conversation } from '../../model'

/** Which conversations are listed; a group of conversations is told by the first letters. */
export type ConversationTab = 'all' | 'unread' | 'groups' | 'starred' | `in:${string}`

/** What the filter asks of a conversation. */
export interface Listed {
  readonly title: string
  readonly kind: Conversation['kind']
  readonly isUnread: boolean
  readonly isStarred?: boolean
  readonly folders?: readonly string[]
}

const FOLDER = 'in:'

/** The tab of a group of conversations. */
export function folderTab(name: string): ConversationTab {
  return `${FOLDER}${name}`
}

/** The group of conversations a tab stands for; undefined for the tabs of the kit. */
export function folderOf(tab: ConversationTab): string | undefined {
  return tab.startsWith(FOLDER) ? tab.slice(FOLDER.length) : undefined
}

/** True where a conversation belongs on a tab and its title holds the words searched for. */
export function isListed(listed: Listed, tab: ConversationTab, query: string): boolean {
  return isOnTab(listed, tab) && foldText(listed.title).includes(foldText(query.trim()))
}

function isOnTab({ kind, isUnread, isStarred = false, folders = [] }: Listed, tab: ConversationTab): boolean {
  switch (tab) {
    case 'all':
      return true
    case 'unread':
      return isUnread
    case 'groups':
      return kind !== 'direct'
    case 'starred':
      return isStarred
    default:
      return folders.includes(tab.slice(FOLDER.length))
  }
}
