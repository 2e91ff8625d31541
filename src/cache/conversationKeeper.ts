import { patched } from '../core/patches'
import { fartherMark, isCovered, readMark } from '../core/receipts'
import { asLast, isNewer, spansFrom } from '../core/timeline'
import type {
  Conversation,
  ConversationId,
  EpochMs,
  Message,
  MessageRef,
  Patch,
  Receipt,
  UserId,
} from '../model'
import { startingWith } from '../storage'
import type { Batch } from './batch'
import { placeOfRow } from './messageKeeper'
import type { MessageKeeper } from './messageKeeper'
import type { ConversationRow, MessageRow } from './rows'
import { changeSpans } from './spanTable'

/** How many messages are looked at in one go where history is cleared. */
const STRIDE = 200

/** Keeps the list of conversations, what was taken off it or cleared, and how far everybody has read. */
export class ConversationKeeper {
  constructor(
    private readonly batch: Batch,
    private readonly messages: MessageKeeper,
    private readonly ownId: UserId,
  ) {}

  async patch(patch: Patch<Conversation, 'id' | 'kind'>): Promise<void> {
    const known = (await this.batch.get('conversations', patch.id))?.conversation
    await this.put(patched<Conversation>(known, patch))
  }

  /** Takes the whole conversation as the backend holds it. */
  async put(next: Conversation): Promise<void> {
    let row = await this.batch.get('conversations', next.id)
    if (row?.conversation && row.conversation.incarnation !== next.incarnation) {
      // Built again under its old id: nothing that is held of the old one fits (D3).
      await this.forget(next.id)
      row = undefined
    }
    const { last: told, ...rest } = next
    const last = told && (await this.isShown(row, told)) ? told : await this.messages.newest(next.id)
    const conversation = { ...rest, ...(last && { last }) }
    const isBack = told !== undefined && row?.removedAt !== undefined && isAfter(row.removedAt, told)
    const { removedAt, ...others } = row ?? {}
    this.batch.put('conversations', {
      ...others,
      id: next.id,
      conversation,
      ...(removedAt && !isBack && { removedAt }),
    })
  }

  /** A newer message than the list knows is the newest, and brings back what was taken off the list (D5). */
  async noteNewest(message: Message): Promise<void> {
    const row = await this.batch.get('conversations', message.conversationId)
    if (!row?.conversation) return
    const isNews = isNewer(message, row.conversation.last)
    const isBack = row.removedAt !== undefined && isAfter(row.removedAt, message)
    if (!isNews && !isBack) return
    const { removedAt, ...rest } = row
    this.batch.put('conversations', {
      ...rest,
      conversation: isNews ? { ...row.conversation, last: asLast(message) } : row.conversation,
      ...(removedAt && !isBack && { removedAt }),
    })
  }

  async remove(id: ConversationId, withHistory: boolean): Promise<void> {
    const row = await this.batch.get('conversations', id)
    const newest = await this.messages.newest(id)
    const marks = [row?.conversation?.last, newest].flatMap((message) => {
      const mark = message && readMark({ message })
      return mark ? [mark] : []
    })
    const removedAt = marks.reduce((a, b) => fartherMark(a, b), marks[0] ?? { at: -1 })
    if (row?.conversation) this.batch.put('conversations', { ...row, removedAt })
    if (withHistory) await this.clear(id, Math.max(row?.conversation?.last?.sentAt ?? 0, newest?.sentAt ?? 0))
  }

  /** Forgets every message up to a moment, and that no older telling may bring them back. */
  async clear(id: ConversationId, upToAt: EpochMs): Promise<void> {
    if (!Number.isFinite(upToAt)) return
    const row: ConversationRow = (await this.batch.get('conversations', id)) ?? { id }
    const clearedUpToAt = Math.max(row.clearedUpToAt ?? 0, upToAt)
    const kept = await this.after(id, clearedUpToAt)
    await this.batch.deleteAllOf('messages', id)
    await this.batch.deleteAllOf('names', id)
    for (const message of kept) {
      this.batch.put('messages', message)
      for (const key of message.message.keys) {
        this.batch.put('names', { conversationId: id, key, place: placeOfRow(message) })
      }
    }
    const [first] = kept
    await changeSpans(this.batch, id, (spans) => (first ? spansFrom(spans, placeOfRow(first)) : []))
    const last = row.conversation?.last
    const isGone = last?.sentAt !== undefined && last.sentAt <= clearedUpToAt
    const { last: _last, ...conversation } = row.conversation ?? {}
    this.batch.put('conversations', {
      ...row,
      clearedUpToAt,
      ...(row.conversation && isGone && { conversation: conversation as Conversation }),
    })
  }

  async addReceipt(receipt: Receipt): Promise<void> {
    if (receipt.kind !== 'upTo') return
    const { conversationId, userId, state } = receipt
    const point = 'message' in receipt.point ? await this.pointOf(receipt.point.message) : receipt.point
    const told = readMark(point)
    if (!told || (state !== 'read' && state !== 'delivered')) return
    const known = await this.batch.get('receipts', conversationId, userId, state)
    const mark = known && readMark(known.receipt.point)
    if (mark && fartherMark(mark, told) === mark) return
    const whole = { ...receipt, point }
    this.batch.put('receipts', { conversationId, userId, state, receipt: whole })
    if (userId === this.ownId && state === 'read') {
      this.batch.put('ownReads', { conversationId, receipt: whole })
    }
  }

  /** A message named by its keys only stands where it is kept. */
  private async pointOf(ref: MessageRef): Promise<{ readonly message: MessageRef }> {
    if (readMark({ message: ref })) return { message: ref }
    const known = (await this.messages.find(ref.conversationId, ref.keys))?.message
    if (!known) return { message: ref }
    const { order, sentAt } = known
    return { message: { ...ref, sentAt, ...(order && { order }) } }
  }

  private async after(id: ConversationId, at: EpochMs): Promise<readonly MessageRow[]> {
    const kept: MessageRow[] = []
    let { to } = startingWith(id)
    const { from } = startingWith(id)
    for (;;) {
      const rows = await this.batch.range('messages', { from, to, isReverse: true, limit: STRIDE })
      const later = rows.filter(({ message }) => message.sentAt > at)
      kept.push(...later)
      const oldest = rows.at(-1)
      if (!oldest || rows.length < STRIDE || later.length === 0) break
      to = [id, oldest.major, oldest.minor, oldest.tie - 0.5]
    }
    return kept.reverse()
  }

  private async forget(id: ConversationId): Promise<void> {
    for (const table of ['messages', 'names', 'tombstones', 'receipts'] as const) {
      await this.batch.deleteAllOf(table, id)
    }
    for (const table of ['spans', 'earlyChanges', 'ownReads', 'conversations'] as const) {
      this.batch.delete(table, id)
    }
  }

  private async isShown(
    row: ConversationRow | undefined,
    last: NonNullable<Conversation['last']>,
  ): Promise<boolean> {
    if (row?.clearedUpToAt !== undefined && (last.sentAt ?? Infinity) <= row.clearedUpToAt) return false
    return !(await this.messages.isRemoved(last.conversationId, last.keys))
  }
}

function isAfter(
  mark: NonNullable<ConversationRow['removedAt']>,
  { order, sentAt }: Pick<Partial<Message>, 'order' | 'sentAt'>,
): boolean {
  return !isCovered(mark, { sentAt: sentAt ?? -Infinity, ...(order && { order }) })
}
