import type { Message } from '../model'
import type { MessageStatus, TimelineRow } from './rows'

/** Every state a message can be drawn in: how an own one stands, then what else is to be seen of it. */
export const ROW_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'unsure',
  'failed',
  'uploading',
  'edited',
  'growing',
  'burning',
  'answering',
  'reacted',
  'recalled',
  'unloaded',
] as const

/** A state a message can be drawn in; several hold at once. */
export type RowState = (typeof ROW_STATES)[number]

/** The states a row is in, in the order of `ROW_STATES`. */
export function statesOf({ message, status, uploadFraction }: TimelineRow): readonly RowState[] {
  if (message.recalled) return ['recalled']
  const isIn: { readonly [state in Exclude<RowState, MessageStatus>]: boolean } = {
    uploading: (uploadFraction ?? 1) < 1,
    edited: isCorrected(message),
    growing: message.parts.some((part) => part.kind === 'text' && part.growth === 'going'),
    burning: message.burnAfterMs !== undefined,
    answering: message.replyTo !== undefined,
    reacted: (message.reactions?.length ?? 0) > 0,
    recalled: false,
    unloaded: message.parts.length === 0,
  }
  return ROW_STATES.filter((state) => state === status || (state in isIn && isIn[state as keyof typeof isIn]))
}

/** True where its words were changed; a text that came piece by piece was not corrected. */
export function isCorrected({ revision, parts }: Message): boolean {
  return (revision ?? 0) > 0 && !parts.some((part) => part.kind === 'text' && part.growth !== undefined)
}
