import { catalogueError } from '../core/errors'
import type { Intent, Part, UserId } from '../model'

/** What a text that an app looks at is going to be. */
export type ScreenedText = 'message' | 'profile' | 'group'
/** An app's own look at what a person has written: the text as it may go, or undefined where it may not (B6). */
export type TextScreen = (text: string, of: ScreenedText, userId: UserId) => string | undefined

/**
 * An intent with the words that may go.
 * @throws ChatError where some may not.
 */
export function screened(intent: Intent, screen: TextScreen, ownId: UserId): Intent {
  const look = (of: ScreenedText) => (text: string) => {
    const words = screen(text, of, ownId)
    if (typeof words !== 'string') throw catalogueError('parley', 'words-refused')
    return words
  }
  switch (intent.type) {
    case 'sendMessage':
    case 'sayLive':
      return { ...intent, parts: inParts(intent.parts, look('message')) }
    case 'editMessage':
      return {
        ...intent,
        body: { ...intent.body, parts: inParts(intent.body.parts, look('message')) },
      }
    case 'updateOwnProfile':
      return { ...intent, patch: inFields(intent.patch, ['name', 'signature'], look('profile')) }
    case 'createGroup':
      return { ...intent, group: inFields(intent.group, GROUP_TEXTS, look('group')) }
    case 'updateGroup':
      return { ...intent, patch: inFields(intent.patch, GROUP_TEXTS, look('group')) }
    default:
      return intent
  }
}

const GROUP_TEXTS = ['name', 'intro', 'announcement'] as const

function inParts(parts: readonly Part[], look: (text: string) => string): readonly Part[] {
  return parts.map((part) => (part.kind === 'text' ? { ...part, text: look(part.text) } : part))
}

function inFields<T extends object>(
  fields: T,
  names: readonly (keyof T)[],
  look: (text: string) => string,
): T {
  const changed = names.flatMap((name) => {
    const text = fields[name]
    return typeof text === 'string' && text !== '' ? [[name, look(text)] as const] : []
  })
  return { ...fields, ...Object.fromEntries(changed) }
}
