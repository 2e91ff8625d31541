import type { Conversation, Draft, HabitName, MentionName, Patch } from '../../model'
import { amount, flag, id, label, list, oneOf, or, patch, shape, writing } from './sound'
import type { Fields, Sound } from './sound'
import { soundMedia, soundPreview, soundRef, soundReply } from './soundMessage'
import { isRecord } from './sound'

/** Nobody points at more people in one message. */
const MOST_NAMES = 1_000
const NAMING: Fields = { id, kind: oneOf('direct', 'group', 'live', 'channel') }
const CONVERSATION: Fields = {
  peerId: id,
  groupId: id,
  incarnation: id,
  last: soundPreview,
  isDense: flag,
  unreadCount: amount,
  isMarkedUnread: flag,
  mention: shape({ isMe: or(flag, false), isAll: or(flag, false) }, { first: soundRef }),
  isPinned: flag,
  notify: oneOf('all', 'mentions', 'none', 'discard'),
  draft: writing,
  folders: list(label),
  marks: list(label),
}
const WHOLE = shape<Conversation>(NAMING, CONVERSATION)
const PATCH = patch<Patch<Conversation, 'id' | 'kind'>>(NAMING, {}, CONVERSATION)

/** A conversation as the backend holds it. */
export const soundConversation: Sound<Conversation> = (told) => (hasOddAge(told) ? undefined : WHOLE(told))
/** What is news of a conversation. */
export const soundConversationPatch: Sound<Patch<Conversation, 'id' | 'kind'>> = (told) =>
  hasOddAge(told) ? undefined : PATCH(told)

/** What is written and not sent yet. */
export const soundDraft = shape<Draft>(
  { text: writing, attachments: or(list(soundMedia), []) },
  {
    replyTo: soundReply,
    mentions: list(shape<MentionName>({ name: label }, { userId: id }), MOST_NAMES),
    burnAfterMs: amount,
  },
)

/** A habit that this version of the kit knows. */
export const soundHabitName = oneOf<HabitName>('emoji', 'notification-offer')

/** Without a readable incarnation nobody can say whether what is held still fits (D3), so nothing of it counts. */
function hasOddAge(told: unknown): boolean {
  if (!isRecord(told)) return false
  const { incarnation } = told
  return incarnation !== undefined && incarnation !== null && id(incarnation) === undefined
}
