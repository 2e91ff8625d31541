import { isClientKey, isClientKeyOf } from '../../model'
import type { Message, MessageKey, MessageOrder, Part } from '../../model'
import { normaliseText } from '../text'

/** The last moment a date can name, in milliseconds. */
const LAST_MOMENT = 8.64e15

/**
 * A message as the rest of the kit may trust it, whatever the wire said: keys are strings and none is another sender's,
 * times are dates, every part has what its kind cannot be without, and text is clean (B2). The same object where nothing
 * had to be mended; undefined where it is no message at all.
 */
export function soundMessage(told: Message): Message | undefined {
  if (!isObject(told) || typeof told.senderId !== 'string' || typeof told.conversationId !== 'string')
    return undefined
  const keys = Array.isArray(told.keys) ? soundKeys(told.keys, told.senderId) : []
  if (keys.length === 0 || !Array.isArray(told.parts)) return undefined
  const parts = soundParts(told.parts)
  const sentAt = soundTime(told.sentAt)
  const order = soundOrder(told.order)
  if (keys === told.keys && parts === told.parts && sentAt === told.sentAt && order === told.order)
    return told
  const { order: _order, ...rest } = told
  return { ...rest, keys, parts, sentAt, ...(order && { order }) }
}

/** Parts of which each has what its kind cannot be without; the others become 'unsupported'. The same array where all are. */
export function soundParts(parts: readonly Part[]): readonly Part[] {
  const sound = parts.map(soundPart)
  return sound.every((part, index) => part === parts[index]) ? parts : sound
}

/** A moment that a date can name: out of range is cut, what is no number is 1970. */
export function soundTime(time: number | undefined): number {
  return typeof time === 'number' && !Number.isNaN(time) ? Math.min(Math.max(time, 0), LAST_MOMENT) : 0
}

function soundPart(part: Part): Part {
  if (!isObject(part) || typeof part.kind !== 'string') return { kind: 'unsupported', wireKind: 'unknown' }
  if (part.kind === 'text') {
    if (typeof part.text !== 'string') return { kind: 'unsupported', wireKind: 'text' }
    const text = normaliseText(part.text)
    return text === part.text ? part : { ...part, text }
  }
  const isMedia =
    part.kind === 'image' || part.kind === 'video' || part.kind === 'audio' || part.kind === 'file'
  if (isMedia && !isObject(part.file)) return { kind: 'unsupported', wireKind: part.kind }
  if (part.kind === 'notice' && part.userIds !== undefined && !Array.isArray(part.userIds)) {
    return { kind: 'unsupported', wireKind: 'notice' }
  }
  return part
}

function soundKeys(keys: readonly MessageKey[], senderId: string): readonly MessageKey[] {
  const sound = keys.filter(
    (key) => typeof key === 'string' && key !== '' && (!isClientKey(key) || isClientKeyOf(key, senderId)),
  )
  return sound.length === keys.length ? keys : sound
}

function soundOrder(order: MessageOrder | undefined): MessageOrder | undefined {
  return order && Number.isFinite(order.major) ? order : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
