import { withoutContent } from './applyChange'
import { compareOrder } from './order'
import type { Message, MessageKey } from '../../model'

/**
 * One message out of two tellings of it. Keys add up; the higher revision wins, at equal revisions the later telling;
 * what a telling leaves out is kept; a recall stays; a passing telling never changes a stored message. A backend may hold
 * the same twice, sent again because nobody knew whether it had arrived: it stays where it stood first.
 */
export function mergeMessage(known: Message, told: Message): Message {
  const keys = unionOfKeys(known.keys, told.keys)
  if (told.delivery === 'online-only' && known.delivery !== 'online-only') return { ...known, keys }
  const isOutdated = (told.revision ?? 0) < (known.revision ?? 0)
  const [base, news] = isOutdated ? [told, known] : [known, told]
  const recalled = news.recalled ?? base.recalled
  const merged = { ...base, ...withoutUndefined(news), ...firstPlace(known, told), keys }
  if (recalled) return { ...withoutContent(merged), recalled }
  return { ...merged, parts: news.parts.length > 0 ? news.parts : base.parts }
}

/** Where a message stands of which two places are told; nothing to say of one that merely has the name of another. */
function firstPlace(known: Message, told: Message): Pick<Message, 'order' | 'sentAt'> | undefined {
  if (!known.order || !told.order || JSON.stringify(known.parts) !== JSON.stringify(told.parts))
    return undefined
  const { order, sentAt } = compareOrder(known.order, told.order) <= 0 ? known : told
  return { ...(order && { order }), sentAt }
}

function unionOfKeys(known: readonly MessageKey[], told: readonly MessageKey[]): readonly MessageKey[] {
  const fresh = told.filter((key) => !known.includes(key))
  return fresh.length === 0 ? known : [...known, ...fresh]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
}
