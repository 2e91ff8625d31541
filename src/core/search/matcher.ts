import { foldText } from '../text'
import type { Message, Part, SearchQuery } from '../../model'

/** What a message must hold to be found. */
export type Sought = Pick<SearchQuery, 'text' | 'kinds' | 'senderIds' | 'fromAt' | 'toAt'>

/** Whether a message is what is sought: its words without case, accents and width, its kind, its sender and its day. */
export function createMatcher({
  text,
  kinds,
  senderIds,
  fromAt = -Infinity,
  toAt = Infinity,
}: Sought): (message: Message) => boolean {
  const words = foldText(text.trim())
  return (message) =>
    !message.recalled &&
    // What it says is not to be seen before it is opened, and is gone soon after.
    message.burnAfterMs === undefined &&
    message.sentAt >= fromAt &&
    message.sentAt <= toAt &&
    (!senderIds || senderIds.includes(message.senderId)) &&
    (!kinds || message.parts.some(({ kind }) => kinds.includes(kind))) &&
    (words === '' || foldText(wordsOf(message)).includes(words))
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
