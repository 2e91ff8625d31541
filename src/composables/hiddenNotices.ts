import type { Message } from '../model'
import type { ChatKitContext } from './kitContext'

/** True for a notice that the app wants nobody to read; what it tells of has happened all the same (C7). */
export function isHiddenNotice(
  { hiddenNotices = [] }: Pick<ChatKitContext, 'hiddenNotices'>,
  { parts = [], recalled }: Partial<Pick<Message, 'parts' | 'recalled'>>,
): boolean {
  if (hiddenNotices.length === 0 || recalled || parts.length === 0) return false
  return parts.every((part) => part.kind === 'notice' && hiddenNotices.includes(part.about))
}
