import { soundMessage } from '../core/sound'
import {
  applyChange,
  comparePlaces,
  followLive,
  isRightful,
  mergeMessage,
  tellsItself,
  withoutLive,
  withoutSure,
} from '../core/timeline'
import type { Place } from '../core/timeline'
import type { ConversationId, EpochMs, Message, MessageChange, UserId } from '../model'
import { startingWith } from '../storage'
import { canBeCopied } from './batch'
import type { Batch } from './batch'
import type { MessageRow } from './rows'
import { changeSpans, epochOf, isDense, spansOf } from './spanTable'
import { contested, isOutdated, isUnnumbered, nextUnnumbered, withoutUnnumbered } from './unnumbered'
import type { Tab, Telling } from './unnumbered'

/** Changes of messages that never come must not fill the disk. */
const MOST_EARLY_CHANGES = 500

/** On which side of those of equal order a message goes in that a page does not tie to any. */
export type Side = 'before' | 'after'

/** Puts messages and changes into the tables: one row a message, whatever it is called and however often it is told. */
export class MessageKeeper {
  constructor(
    private readonly batch: Batch,
    private readonly ownId: UserId,
    private readonly tab: Tab,
  ) {}

  /** Takes in a message told by event or as the answer to sending it. Resolves with it where it is kept. */
  async addLive(told: Message, isAnswer: boolean, telling: Telling): Promise<Message | undefined> {
    const kept = await this.put(told, 'after', telling)
    if (!kept) {
      // Where it is missing, what comes next does not follow on the last that is kept.
      if (!canBeCopied(told)) await this.interrupt(told.conversationId)
      return undefined
    }
    const epoch = await epochOf(this.batch)
    const hasNoHoles = await isDense(this.batch, told.conversationId)
    await changeSpans(this.batch, told.conversationId, (spans) =>
      followLive(spans, kept.place, epoch, hasNoHoles, isAnswer),
    )
    return kept.message
  }

  /** Applies a change, or keeps it until its message comes. */
  async change(change: MessageChange, telling: Telling): Promise<void> {
    const { conversationId, keys } = change.ref
    const row = await this.find(conversationId, keys)
    if (!row) return this.keepEarly(change, telling.heardAt)
    if (!isRightful(change, row.message)) return
    if (change.kind === 'removed') return this.remove(row)
    const message = soundMessage(applyChange(row.message, change, this.ownId))
    if (!message || message === row.message) return
    if (isUnnumbered(change) && isOutdated(row, telling, this.tab)) {
      this.batch.put('messages', contested(row, message))
      return
    }
    const isWhole = change.kind === 'reaction-totals' && change.isWhole
    const unnumbered = nextUnnumbered(row, message, { heardAt: telling.heardAt, isWhole }, this.tab)
    this.batch.put('messages', { ...row, message, ...(unnumbered && { unnumbered }) })
    await this.changeLast(conversationId, row.message, message)
  }

  /** Takes the liveness from the stretches of a conversation. */
  interrupt(conversationId: ConversationId): Promise<void> {
    return changeSpans(this.batch, conversationId, (spans) => withoutSure(withoutLive(spans)))
  }

  /** The newest message kept. */
  async newest(conversationId: ConversationId): Promise<Message | undefined> {
    const range = { ...startingWith(conversationId), isReverse: true, limit: 1 }
    return (await this.batch.range('messages', range))[0]?.message
  }

  async isRemoved(conversationId: ConversationId, keys: readonly string[]): Promise<boolean> {
    for (const key of keys) if (await this.batch.get('tombstones', conversationId, key)) return true
    return false
  }

  async find(conversationId: ConversationId, keys: readonly string[]): Promise<MessageRow | undefined> {
    const place = await this.placeOf(conversationId, keys)
    return place && this.batch.get('messages', conversationId, ...place)
  }

  async placeOf(conversationId: ConversationId, keys: readonly string[]): Promise<Place | undefined> {
    for (const key of keys) {
      const name = await this.batch.get('names', conversationId, key)
      if (name) return name.place
    }
    return undefined
  }

  async put(
    told: Message,
    side: Side,
    telling: Telling,
  ): Promise<{ place: Place; message: Message } | undefined> {
    const message = soundMessage(told)
    if (!message || message.delivery === 'online-only') return undefined
    const { conversationId } = message
    if (await this.isRemoved(conversationId, message.keys)) {
      // What else it is called must not bring it back either.
      for (const key of message.keys) this.batch.put('tombstones', { conversationId, key })
      return undefined
    }
    const cleared = (await this.batch.get('conversations', conversationId))?.clearedUpToAt
    if (cleared !== undefined && message.sentAt <= cleared) return undefined
    const { rows, keys } = await this.known(message)
    const kept = rows[0]
      ? await this.merge(rows[0], rows.slice(1), { ...message, keys }, telling)
      : await this.insert({ ...message, keys }, side)
    return kept && (await this.withEarly(kept, message, telling))
  }

  /** The rows of the same message, and the keys that do not name another's already. */
  private async known(message: Message): Promise<{ rows: readonly MessageRow[]; keys: readonly string[] }> {
    const rows = new Map<string, MessageRow>()
    const keys: string[] = []
    for (const key of message.keys) {
      const row = await this.find(message.conversationId, [key])
      if (row && row.message.senderId !== message.senderId) continue
      keys.push(key)
      if (row) rows.set(JSON.stringify(placeOfRow(row)), row)
    }
    return { rows: [...rows.values()], keys }
  }

  private async insert(message: Message, side: Side): Promise<MessageRow | undefined> {
    if (message.keys.length === 0) return undefined
    const place = await this.newPlace(message, side)
    return place && this.write(message, place)
  }

  private async merge(
    kept: MessageRow,
    doubles: readonly MessageRow[],
    told: Message,
    telling: Telling,
  ): Promise<MessageRow | undefined> {
    const known = doubles.reduce((sum, double) => mergeMessage(sum, double.message), kept.message)
    const isLate = isOutdated(kept, telling, this.tab)
    const message = mergeMessage(known, isLate ? withoutUnnumbered(told) : told)
    for (const double of doubles) this.batch.delete('messages', ...keyOfRow(double))
    const unnumbered = isLate
      ? contested(kept, mergeMessage(known, told)).unnumbered
      : nextUnnumbered(kept, message, telling, this.tab)
    const order = message.order
    if (!order || (order.major === kept.major && (order.minor ?? '') === kept.minor)) {
      return this.write(message, placeOfRow(kept), unnumbered)
    }
    this.batch.delete('messages', ...keyOfRow(kept))
    const place = (await this.newPlace(message, 'after')) ?? placeOfRow(kept)
    return this.write(message, place, unnumbered)
  }

  /** Undefined where it cannot be stored. */
  write(message: Message, place: Place, unnumbered?: MessageRow['unnumbered']): MessageRow | undefined {
    const { conversationId } = message
    const [major, minor, tie] = place
    const row = { conversationId, major, minor, tie, message, ...(unnumbered && { unnumbered }) }
    if (!this.batch.put('messages', row)) return undefined
    for (const key of message.keys) this.batch.put('names', { conversationId, key, place })
    return row
  }

  /** Without an order only what others sent has a place: where it arrived. */
  private async newPlace(
    { conversationId, order, senderId }: Message,
    side: Side,
  ): Promise<Place | undefined> {
    const newest = (await spansOf(this.batch, conversationId)).at(-1)?.to
    if (!order) return newest && senderId !== this.ownId ? [newest[0], newest[1], newest[2] + 1] : undefined
    const minor = typeof order.minor === 'string' ? order.minor : ''
    // Mostly it is newer than all stretches: then only what is being written just now can be its equal.
    if (!newest || comparePlaces([order.major, minor, -Infinity], newest) > 0) {
      if (!this.batch.holds('messages', conversationId, order.major, minor, 0)) return [order.major, minor, 0]
    }
    const range = startingWith(conversationId, order.major, minor)
    const [equal] = await this.batch.range('messages', { ...range, isReverse: side === 'after', limit: 1 })
    if (!equal) return [order.major, minor, 0]
    return [order.major, minor, equal.tie + (side === 'after' ? 1 : -1)]
  }

  private async withEarly(
    row: MessageRow,
    told: Message,
    { askedAt = -Infinity }: Telling,
  ): Promise<{ place: Place; message: Message } | undefined> {
    const { conversationId, keys } = row.message
    const early = await this.batch.get('earlyChanges', conversationId)
    const ours = early?.changes.filter(({ ref }) => ref.keys.some((key) => keys.includes(key))) ?? []
    if (early && ours.length > 0) {
      const changes = early.changes.filter((change) => !ours.includes(change))
      this.batch.put('earlyChanges', { conversationId, changes })
      for (const { heardAt = 0, ...change } of ours) {
        // A page that was asked for later knows what became of it.
        if (heardAt > askedAt || !tellsItself(told, change)) await this.change(change, { heardAt })
      }
    }
    const place = placeOfRow(row)
    const now = await this.batch.get('messages', conversationId, ...place)
    return now && { place, message: now.message }
  }

  private async keepEarly(change: MessageChange, heardAt: EpochMs): Promise<void> {
    const { conversationId, keys } = change.ref
    if (await this.isRemoved(conversationId, keys)) return
    if (change.kind === 'removed' && change.isVouched) {
      for (const key of keys) this.batch.put('tombstones', { conversationId, key })
      await this.dropLast(conversationId, keys)
      return
    }
    const known = (await this.batch.get('earlyChanges', conversationId))?.changes ?? []
    const changes = [...known, { ...change, heardAt }].slice(-MOST_EARLY_CHANGES)
    this.batch.put('earlyChanges', { conversationId, changes })
  }

  private async remove(row: MessageRow): Promise<void> {
    const { conversationId } = row
    this.batch.delete('messages', ...keyOfRow(row))
    for (const key of row.message.keys) {
      this.batch.delete('names', conversationId, key)
      this.batch.put('tombstones', { conversationId, key })
    }
    await this.dropLast(conversationId, row.message.keys)
  }

  /** A deleted message is not what the list shows either. */
  private async dropLast(conversationId: ConversationId, keys: readonly string[]): Promise<void> {
    const row = await this.batch.get('conversations', conversationId)
    if (!row?.conversation?.last?.keys.some((key) => keys.includes(key))) return
    const { last: _last, ...conversation } = row.conversation
    const newest = await this.newest(conversationId)
    this.batch.put('conversations', {
      ...row,
      conversation: newest ? { ...conversation, last: newest } : conversation,
    })
  }

  private async changeLast(conversationId: ConversationId, before: Message, now: Message): Promise<void> {
    const row = await this.batch.get('conversations', conversationId)
    if (!row?.conversation?.last?.keys.some((key) => before.keys.includes(key))) return
    const { parts, recalled } = now
    const last = { ...row.conversation.last, parts, ...(recalled && { recalled }) }
    this.batch.put('conversations', { ...row, conversation: { ...row.conversation, last } })
  }
}

/** Where a row stands. */
export function placeOfRow({ major, minor, tie }: MessageRow): Place {
  return [major, minor, tie]
}

/** The key of a row. */
export function keyOfRow(row: MessageRow): readonly [string, number, string, number] {
  return [row.conversationId, ...placeOfRow(row)]
}
