import { normaliseText } from '../core/text'
import type { Draft, Message, OutboxItem, OutboxState, UserId } from '../model'

/** The message of a command that sends one, as it is shown before the backend has it; undefined for other commands. */
export function queuedMessage({ id, command, queuedAt }: OutboxItem, ownId: UserId): Message | undefined {
  if (command.type !== 'sendMessage') return undefined
  const { clientId: _clientId, forwardOf: _origin, ...body } = command.outgoing
  return { ...body, keys: [id], senderId: ownId, sentAt: queuedAt }
}

/** Whether this draft is what a command sends that another tab made of it. */
export function isSentAlready({ text, attachments }: Draft, { command, isFromDraft }: OutboxItem): boolean {
  if (command.type !== 'sendMessage' || isFromDraft !== true) return false
  const { parts } = command.outgoing
  const caption = parts.find((part) => part.kind === 'text')?.text ?? ''
  const others = parts.filter(({ kind }) => kind !== 'text')
  return caption === normaliseText(text) && others.length === attachments.length
}

/** What a row shows of an item of the outbox. */
export function outboxStateOf({ state, error }: OutboxItem): OutboxState {
  if (state === 'failed' || state === 'unsure') return error ? { state, error } : { state: 'queued' }
  return { state }
}
