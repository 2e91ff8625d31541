import { foldText } from '../core/text'
import type { CachedSearch } from '../core/ports'
import type { Message, Page, Part } from '../model'
import type { Key, Reading as ReadingOf } from '../storage'
import type { Rows } from './rows'

/** So many messages are looked through at a time, that nothing else waits long for the database. */
const STEP = 1_000

/** The messages of a conversation that hold some words, from the newest on; a page may hold none and yet go on. */
export async function searchMessages(
  reading: ReadingOf<Rows>,
  { conversationId, text, kinds, fromAt = -Infinity, toAt = Infinity, cursor }: CachedSearch,
): Promise<Page<Message>> {
  const words = foldText(text.trim())
  const rows = await reading.range('messages', {
    from: [conversationId],
    to: cursor === undefined ? [conversationId, []] : before(conversationId, cursor),
    isReverse: true,
    limit: STEP,
  })
  const items = rows
    .map(({ message }) => message)
    .filter(
      (message) =>
        !message.recalled &&
        // What it says is not to be seen before it is opened, and is gone soon after.
        message.burnAfterMs === undefined &&
        message.sentAt >= fromAt &&
        message.sentAt <= toAt &&
        (!kinds || message.parts.some(({ kind }) => kinds.includes(kind))) &&
        (words === '' || foldText(wordsOf(message)).includes(words)),
    )
  const last = rows.at(-1)
  const isMore = rows.length === STEP && last !== undefined && last.message.sentAt >= fromAt
  return { items, ...(isMore && { next: JSON.stringify([last.major, last.minor, last.tie]) }) }
}

/** Everything of a message that a person may remember of it. */
function wordsOf({ parts }: Message): string {
  return parts.map(partWords).join('\n')
}

function partWords(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return part.file.name ?? ''
    case 'location':
      return part.label ?? ''
    case 'merged':
      return [part.title, ...part.abstracts].join('\n')
    case 'custom':
    case 'unsupported':
      return part.fallback ?? ''
    default:
      return ''
  }
}

function before(conversationId: string, cursor: string): Key {
  const [major, minor, tie] = JSON.parse(cursor) as [number, string, number]
  return [conversationId, major, minor, tie - 0.5]
}
