import { isChatError } from '../../model'
import type { ChatErrorShape, OutboxItem } from '../../model'

/** How a command left the outbox. */
export type CommandEnding =
  | { readonly end: 'done'; readonly result: unknown }
  | { readonly end: 'cancelled'; readonly error: ChatErrorShape }
  /** A newer command says all that this one said. */
  | { readonly end: 'replaced'; readonly by: string }

/** What tabs tell each other about the outbox they share. */
export type OutboxNews =
  /** On its way into the store. */
  | { readonly type: 'added'; readonly item: OutboxItem }
  /** As the store holds it now. */
  | { readonly type: 'changed'; readonly item: OutboxItem }
  | {
      readonly type: 'ended'
      readonly id: string
      readonly ending: CommandEnding
      /** It went from a store of one's own: whoever has it in another is to take it out there. */
      readonly isElsewhere?: boolean
    }
  /** To the tab that is sending it. */
  | { readonly type: 'cancel'; readonly id: string }
  /** This tab is here; it is named by this id. */
  | { readonly type: 'here'; readonly id: string }

/** Reads what came over the line, from a tab that may run another version of the kit; undefined for anything odd. */
export function readNews(data: unknown): OutboxNews | undefined {
  if (!isRecord(data)) return undefined
  if (data.type === 'added' || data.type === 'changed') {
    return isOutboxItem(data.item) ? { type: data.type, item: data.item } : undefined
  }
  if (typeof data.id !== 'string') return undefined
  if (data.type === 'cancel' || data.type === 'here') return { type: data.type, id: data.id }
  if (data.type !== 'ended') return undefined
  const ending = readEnding(data.ending)
  return ending && { type: 'ended', id: data.id, ending, isElsewhere: data.isElsewhere === true }
}

/** Whether something has the shape of an item; what its command says is for the backend to judge, but for what is shown. */
export function isOutboxItem(value: unknown): value is OutboxItem {
  if (!isRecord(value) || !isRecord(value.command)) return false
  return (
    (value.command.type !== 'sendMessage' || isOutgoing(value.command.outgoing)) &&
    typeof value.id === 'string' &&
    typeof value.lane === 'string' &&
    typeof value.command.type === 'string' &&
    Number.isFinite(value.queuedAt) &&
    Number.isInteger(value.attempts) &&
    ['queued', 'sending', 'unsure', 'failed'].includes(value.state as string) &&
    isAbsentOr(value.notBeforeAt, Number.isFinite) &&
    isAbsentOr(value.resentAt, Number.isFinite) &&
    isAbsentOr(value.error, isChatError)
  )
}

function isOutgoing(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.conversationId === 'string' &&
    typeof value.clientId === 'string' &&
    Array.isArray(value.parts) &&
    [...value.parts].every(isPart)
  )
}

function isPart(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    (value.kind !== 'text' || typeof value.text === 'string')
  )
}

function readEnding(value: unknown): CommandEnding | undefined {
  if (!isRecord(value)) return undefined
  if (value.end === 'done') return { end: 'done', result: value.result }
  if (value.end === 'cancelled' && isChatError(value.error)) return { end: 'cancelled', error: value.error }
  if (value.end === 'replaced' && typeof value.by === 'string') return { end: 'replaced', by: value.by }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isAbsentOr(value: unknown, isFit: (value: unknown) => boolean): boolean {
  return value === undefined || isFit(value)
}
