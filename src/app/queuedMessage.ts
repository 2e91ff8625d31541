import type { Message, OutboxItem, OutboxState, UserId } from '../model'

/** The message of a command that sends one, as it is shown before the backend has it; undefined for other commands. */
export function queuedMessage({ id, command, queuedAt }: OutboxItem, ownId: UserId): Message | undefined {
  if (command.type !== 'sendMessage') return undefined
  const { clientId: _clientId, forwardOf: _origin, ...body } = command.outgoing
  return { ...body, keys: [id], senderId: ownId, sentAt: queuedAt }
}

/** What a row shows of an item of the outbox. */
export function outboxStateOf({ state, error }: OutboxItem): OutboxState {
  if (state === 'failed' || state === 'unsure') return error ? { state, error } : { state: 'queued' }
  return { state }
}
