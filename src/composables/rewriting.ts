import type { ChatErrorShape, Draft, Media, MentionName, Message, Part } from '../model'

/** True where sending the same once more is in vain, and other words may go. */
export function isForOtherWords({ parts }: Message, error: ChatErrorShape | undefined): boolean {
  const isContent = error?.kind === 'content-refused' || error?.kind === 'too-large'
  return isContent && parts.every((part) => part.kind === 'text' || isOwnFile(part))
}

/** What was not sent as a draft, before what is in the draft already; `names` are those it points at people by. */
export function draftOf(
  { parts, replyTo, burnAfterMs: burntAfterMs }: Message,
  draft: Draft,
  names: readonly MentionName[] = [],
): Draft {
  const words = parts.flatMap((part) => (part.kind === 'text' ? part.text : []))
  const answered = draft.replyTo ?? replyTo
  // What was to burn does not become lasting words by being written anew.
  const burnAfterMs = draft.burnAfterMs ?? burntAfterMs
  const mentions = [...names, ...(draft.mentions ?? [])]
  return {
    text: [...words, draft.text].filter(Boolean).join('\n'),
    attachments: [...parts.filter(isOwnFile), ...draft.attachments],
    ...(mentions.length > 0 && { mentions }),
    ...(answered && { replyTo: answered }),
    ...(burnAfterMs !== undefined && { burnAfterMs }),
  }
}

function isOwnFile(part: Part): part is Media {
  return 'file' in part && part.file?.at === 'local'
}
