import { withoutContent } from './applyChange'
import type { Message, MessageKey } from '../../model'

/**
 * One message out of two tellings of it. Keys add up; the higher revision wins, at equal revisions the later telling;
 * what a telling leaves out is kept; a recall stays; a passing telling never changes a stored message.
 */
export function mergeMessage(known: Message, told: Message): Message {
  const keys = unionOfKeys(known.keys, told.keys)
  if (told.delivery === 'online-only' && known.delivery !== 'online-only') return { ...known, keys }
  const isOutdated = (told.revision ?? 0) < (known.revision ?? 0)
  const [base, news] = isOutdated ? [told, known] : [known, told]
  const recalled = news.recalled ?? base.recalled
  const merged = { ...base, ...withoutUndefined(news), keys }
  if (recalled) return { ...withoutContent(merged), recalled }
  return { ...merged, parts: news.parts.length > 0 ? news.parts : base.parts }
}

function unionOfKeys(known: readonly MessageKey[], told: readonly MessageKey[]): readonly MessageKey[] {
  const fresh = told.filter((key) => !known.includes(key))
  return fresh.length === 0 ? known : [...known, ...fresh]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
}
