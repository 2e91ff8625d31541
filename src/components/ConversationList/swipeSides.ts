import type { ConversationAction, ConversationActionId } from '../../composables'

const LEADING: readonly ConversationActionId[] = ['read', 'unread', 'pin', 'unpin']
const TRAILING: readonly ConversationActionId[] = ['mute', 'unmute', 'hide', 'delete']

/** What lies behind the two ends of a row; the rest is in the menu. */
export function swipeSides(actions: readonly ConversationAction[]) {
  return {
    leading: actions.filter(({ id }) => LEADING.includes(id)),
    trailing: actions.filter(({ id }) => TRAILING.includes(id)),
  }
}
