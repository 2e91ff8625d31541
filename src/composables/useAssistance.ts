import { shallowReactive } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, Media, Message } from '../model'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'

/** What the app made of a message for its reader. */
export interface AssistanceNote {
  readonly what: 'translation' | 'transcript'
  readonly state: 'working' | 'ready' | 'failed'
  readonly text?: string
  readonly error?: ChatErrorShape
}

/** Translating and writing down (E11). What comes of it stays with the message while the page lives. */
export interface AssistanceView {
  canTranslate(message: Message): boolean
  canTranscribe(message: Message): boolean
  noteOf(message: Message): AssistanceNote | undefined
  translate(message: Message): Promise<void>
  transcribe(message: Message): Promise<void>
  /** Takes what came of it away again. */
  drop(message: Message): void
}

const notesByKit = new WeakMap<ChatKitContext, Map<string, AssistanceNote>>()

/** The app's translator and stenographer, for the messages of the kit around. */
export function useAssistance(): AssistanceView {
  const kit = useChatKit()
  const notes = notesByKit.get(kit) ?? shallowReactive(new Map<string, AssistanceNote>())
  notesByKit.set(kit, notes)

  async function make(
    message: Message,
    what: AssistanceNote['what'],
    work: () => Promise<string> | undefined,
  ): Promise<void> {
    const key = keyOf(message)
    if (notes.get(key)?.state === 'working') return
    notes.set(key, { what, state: 'working' })
    try {
      const text = await work()
      // Taken away meanwhile.
      if (!notes.has(key)) return
      notes.set(key, { what, state: 'ready', text: String(text ?? '') })
    } catch (thrown) {
      if (notes.has(key)) notes.set(key, { what, state: 'failed', error: toChatError(thrown) })
    }
  }

  return {
    canTranslate: (message) =>
      kit.assistance?.translate !== undefined && isLasting(message) && textOf(message) !== '',
    canTranscribe: (message) =>
      kit.assistance?.transcribe !== undefined && isLasting(message) && voiceOf(message) !== undefined,
    noteOf: (message) => notes.get(keyOf(message)),
    translate: (message) =>
      make(message, 'translation', () =>
        kit.assistance?.translate?.(textOf(message), kit.locale.value.tag, message),
      ),
    transcribe: (message) =>
      make(message, 'transcript', () => {
        const voice = voiceOf(message)
        return voice && kit.assistance?.transcribe?.(voice, message)
      }),
    drop: (message) => void notes.delete(keyOf(message)),
  }
}

/** What was made of other words than those that stand there now is nothing; a key names a message in its conversation only. */
function keyOf({ conversationId, keys, revision = 0 }: Message): string {
  return JSON.stringify([conversationId, keys[0], revision])
}

function textOf({ parts }: Message): string {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? part.text : []))
  return texts.join('\n').trim()
}

function voiceOf({ parts }: Message): Media | undefined {
  for (const part of parts) if (part.kind === 'audio') return part
  return undefined
}

function isLasting({ recalled, burnAfterMs }: Message): boolean {
  return !recalled && burnAfterMs === undefined
}
