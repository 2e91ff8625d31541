import { soundMessage } from '../core/sound'
import {
  applyChange,
  comparePlaces,
  followLive,
  isRightful,
  joinSpan,
  mergeMessage,
  spansFrom,
  withoutLive,
  withoutSure,
} from '../core/timeline'
import type { Place, Span } from '../core/timeline'
import type { ConversationId, EpochMs, KnownPage, Message, MessageChange, MessageRef, UserId } from '../model'
import { startingWith } from '../storage'
import { canBeCopied } from './batch'
import type { Batch } from './batch'
import type { MessageRow } from './rows'
import { epochOf, spansOf } from './spanTable'

/** Changes of messages that never come must not fill the disk. */
const MOST_EARLY_CHANGES = 500

/** Who writes, and when. */
export interface Tab {
  readonly id: string
  now(): EpochMs
}

/** On which side of those of equal order a message goes in that a page does not tie to any. */
type Side = 'before' | 'after'

/** Puts messages, pages and changes into the tables: one row a message, whatever it is called and however often it is told. */
export class MessageKeeper {
  constructor(
    private readonly batch: Batch,
    private readonly ownId: UserId,
    private readonly tab: Tab,
  ) {}

  /** Takes in a message told by event or as the answer to sending it. Resolves with it where it is kept. */
  async addLive(told: Message, isAnswer: boolean): Promise<Message | undefined> {
    const kept = await this.put(told, 'after')
    if (!kept) {
      // Where it is missing, what comes next does not follow on the last that is kept.
      if (!canBeCopied(told)) await this.interrupt(told.conversationId)
      return undefined
    }
    const epoch = await epochOf(this.batch)
    const isDense = await this.isDense(told.conversationId)
    await this.changeSpans(told.conversationId, (spans) =>
      followLive(spans, kept.place, epoch, isDense, isAnswer),
    )
    return kept.message
  }

  /** Takes in a page; `isFollowed`: nothing was lost between asking for it and now. */
  async addPage(
    conversationId: ConversationId,
    page: KnownPage,
    beside: MessageRef | undefined,
    isFollowed: boolean,
  ): Promise<void> {
    const anchor = beside && (await this.placeOf(conversationId, beside.keys))
    const side: Side = anchor && isOlder(page, anchor) ? 'before' : 'after'
    const ours = page.messages.filter((message) => message.conversationId === conversationId)
    if (!page.isKept && !beside && isEmpty(page)) return this.forgetAll(conversationId)
    if (!page.isKept) await this.forgetAbsent(conversationId, page, ours, anchor)
    // Backwards on the older side, so that messages of equal order keep the page's own order.
    for (const message of side === 'before' ? [...ours].reverse() : ours) await this.put(message, side, true)
    await this.orderEquals(conversationId, ours)
    let places: Place[] = anchor ? [anchor] : []
    let { older } = page
    for (const message of ours) {
      const place = await this.placeOf(conversationId, message.keys)
      if (place) places.push(place)
      else if (!canBeCopied(message)) {
        // No stretch goes over what cannot be kept: only what is newer is one.
        places = anchor && side === 'before' ? [anchor] : []
        older = { more: true }
      }
    }
    places.sort(comparePlaces)
    const [from, to] = [places[0], places.at(-1)]
    if (from && to) await this.addSpan(conversationId, { from, to }, { ...page, older }, isFollowed)
    for (const change of page.changes) await this.change(change)
  }

  /** Nothing is there any more. Of what came meanwhile no stretch is left either, so that it is asked for again. */
  private async forgetAll(id: ConversationId): Promise<void> {
    await this.batch.deleteAllOf('messages', id)
    await this.batch.deleteAllOf('names', id)
    await this.changeSpans(id, () => [])
  }

  /**
   * Pages never skip: what stood between their messages, between them and the one they go on from, or before where history
   * begins now, is gone.
   */
  private async forgetAbsent(
    id: ConversationId,
    { older }: KnownPage,
    ours: readonly Message[],
    anchor: Place | undefined,
  ): Promise<void> {
    const places = ours.flatMap(({ order }): Place[] => (order ? [[order.major, order.minor ?? '', 0]] : []))
    if (places.length < ours.length) return
    const bounds = [...places, ...(anchor ? [anchor] : [])].sort(comparePlaces)
    const [low, high] = [bounds[0], bounds.at(-1)]
    if (!low || !high) return
    const isBeginning = 'end' in older && (older.end === 'start' || older.end === 'joined')
    const keys = new Set(ours.flatMap((message) => message.keys))
    const from = isBeginning ? [id] : [id, low[0], low[1], []]
    const between = await this.batch.range('messages', { from, to: [id, high[0], high[1]] })
    for (const row of between) {
      if (row.message.keys.some((key) => keys.has(key))) continue
      this.batch.delete('messages', ...keyOfRow(row))
      for (const key of row.message.keys) this.batch.delete('names', id, key)
    }
    if (isBeginning) await this.changeSpans(id, (spans) => spansFrom(spans, low))
  }

  private async addSpan(
    conversationId: ConversationId,
    stretch: Span,
    { older, newer }: KnownPage,
    isFollowed: boolean,
  ): Promise<void> {
    const epoch = await epochOf(this.batch)
    const end = 'end' in older ? older.end : undefined
    const isLive = isFollowed && 'end' in newer && newer.end === 'live'
    const span: Span = {
      ...stretch,
      ...((end === 'start' || end === 'retention' || end === 'joined') && { older: end }),
      ...(isLive && { liveEpoch: epoch }),
      ...(isFollowed && { sure: { epoch, from: stretch.from } }),
    }
    const isDense = await this.isDense(conversationId)
    await this.changeSpans(conversationId, (spans) => joinSpan(withoutOld(spans, epoch), span, isDense))
  }

  /** Applies a change, or keeps it until its message comes. */
  async change(change: MessageChange): Promise<void> {
    const { conversationId, keys } = change.ref
    const row = await this.find(conversationId, keys)
    if (!row) return this.keepEarly(change)
    if (!isRightful(change, row.message)) return
    if (change.kind === 'removed') return this.remove(row)
    const message = soundMessage(applyChange(row.message, change, this.ownId))
    if (!message || message === row.message) return
    // Added to what another tab wrote it is as old as that.
    const isWhole = change.kind === 'reaction-totals' && change.isWhole
    const unnumbered = this.unnumbered(row, message, isWhole)
    this.batch.put('messages', { ...row, message, ...(unnumbered && { unnumbered }) })
    await this.changeLast(conversationId, row.message, message)
  }

  /** Takes the liveness from the stretches of a conversation. */
  interrupt(conversationId: ConversationId): Promise<void> {
    return this.changeSpans(conversationId, (spans) => withoutSure(withoutLive(spans)))
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

  private async placeOf(conversationId: ConversationId, keys: readonly string[]): Promise<Place | undefined> {
    for (const key of keys) {
      const name = await this.batch.get('names', conversationId, key)
      if (name) return name.place
    }
    return undefined
  }

  private async put(
    told: Message,
    side: Side,
    isWhole = false,
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
      ? await this.merge(rows[0], rows.slice(1), { ...message, keys }, isWhole)
      : await this.insert({ ...message, keys }, side)
    return kept && (await this.withEarly(kept))
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
    isWhole: boolean,
  ): Promise<MessageRow | undefined> {
    const known = doubles.reduce((sum, double) => mergeMessage(sum, double.message), kept.message)
    const message = mergeMessage(known, told)
    for (const double of doubles) this.batch.delete('messages', ...keyOfRow(double))
    const unnumbered = this.unnumbered(kept, message, isWhole)
    const order = message.order
    if (!order || (order.major === kept.major && (order.minor ?? '') === kept.minor)) {
      return this.write(message, placeOfRow(kept), unnumbered)
    }
    this.batch.delete('messages', ...keyOfRow(kept))
    const place = (await this.newPlace(message, 'after')) ?? placeOfRow(kept)
    return this.write(message, place, unnumbered)
  }

  /** Undefined where it cannot be stored. */
  private write(
    message: Message,
    place: Place,
    unnumbered?: MessageRow['unnumbered'],
  ): MessageRow | undefined {
    const { conversationId } = message
    const [major, minor, tie] = place
    const row = { conversationId, major, minor, tie, message, ...(unnumbered && { unnumbered }) }
    if (!this.batch.put('messages', row)) return undefined
    for (const key of message.keys) this.batch.put('names', { conversationId, key, place })
    return row
  }

  /** `isWhole`: all of it was told, so that nothing remains of what another tab wrote. */
  private unnumbered(before: MessageRow, now: Message, isWhole: boolean): MessageRow['unnumbered'] {
    const { message, unnumbered } = before
    const words = ({ reactions, extensions }: Message) => JSON.stringify([reactions, extensions])
    const isChanged = words(message) !== words(now)
    if (isWhole ? !isChanged && !unnumbered : !isChanged) return unnumbered
    if (!isWhole && unnumbered && unnumbered.by !== this.tab.id) return unnumbered
    return { by: this.tab.id, at: this.tab.now() }
  }

  /** Without an order only what others sent has a place: where it arrived. */
  private async newPlace(
    { conversationId, order, senderId }: Message,
    side: Side,
  ): Promise<Place | undefined> {
    const newest = await this.newestPlace(conversationId)
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

  private async newestPlace(conversationId: ConversationId): Promise<Place | undefined> {
    return (await spansOf(this.batch, conversationId)).at(-1)?.to
  }

  /** Gives messages of equal order the sequence in which the page lists them (D7). */
  private async orderEquals(conversationId: ConversationId, messages: readonly Message[]): Promise<void> {
    for (const group of groupsOfEqualOrder(messages)) {
      const rows: MessageRow[] = []
      for (const { keys } of group) {
        const row = await this.find(conversationId, keys)
        if (row && !rows.some((other) => other.tie === row.tie)) rows.push(row)
      }
      const ties = rows.map(({ tie }) => tie).sort((a, b) => a - b)
      // The same places, handed out anew: nothing that a stretch begins or ends with moves away.
      rows.forEach((row, i) => {
        const tie = ties[i] as number
        if (tie !== row.tie) this.write(row.message, [row.major, row.minor, tie], row.unnumbered)
      })
    }
  }

  private async withEarly(row: MessageRow): Promise<{ place: Place; message: Message } | undefined> {
    const { conversationId, keys } = row.message
    const early = await this.batch.get('earlyChanges', conversationId)
    const ours = early?.changes.filter(({ ref }) => ref.keys.some((key) => keys.includes(key))) ?? []
    if (early && ours.length > 0) {
      const changes = early.changes.filter((change) => !ours.includes(change))
      this.batch.put('earlyChanges', { conversationId, changes })
      for (const change of ours) await this.change(change)
    }
    const place = placeOfRow(row)
    const now = await this.batch.get('messages', conversationId, ...place)
    return now && { place, message: now.message }
  }

  private async keepEarly(change: MessageChange): Promise<void> {
    const { conversationId, keys } = change.ref
    if (await this.isRemoved(conversationId, keys)) return
    if (change.kind === 'removed' && change.isVouched) {
      for (const key of keys) this.batch.put('tombstones', { conversationId, key })
      await this.dropLast(conversationId, keys)
      return
    }
    const known = (await this.batch.get('earlyChanges', conversationId))?.changes ?? []
    const changes = [...known, change].slice(-MOST_EARLY_CHANGES)
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

  async changeSpans(
    conversationId: ConversationId,
    change: (spans: readonly Span[]) => readonly Span[],
  ): Promise<void> {
    const spans = change(await spansOf(this.batch, conversationId))
    if (spans.length > 0) this.batch.put('spans', { conversationId, spans })
    else this.batch.delete('spans', conversationId)
  }

  private async isDense(conversationId: ConversationId): Promise<boolean> {
    return (await this.batch.get('conversations', conversationId))?.conversation?.isDense ?? false
  }
}

/** Where a row stands. */
export function placeOfRow({ major, minor, tie }: MessageRow): Place {
  return [major, minor, tie]
}

function keyOfRow(row: MessageRow): readonly [string, number, string, number] {
  return [row.conversationId, ...placeOfRow(row)]
}

/** Liveness of a past epoch is none; it must not be taken for more by being joined. */
function withoutOld(spans: readonly Span[], epoch: number): readonly Span[] {
  return spans.map((span) => (span.liveEpoch === epoch ? span : (withoutLive([span])[0] as Span)))
}

/** True for a page that reaches from the beginning to the end and holds no message. */
function isEmpty({ messages, older, newer }: KnownPage): boolean {
  const isBeginning = 'end' in older && (older.end === 'start' || older.end === 'joined')
  return messages.length === 0 && isBeginning && 'end' in newer && newer.end === 'live'
}

function isOlder(page: KnownPage, anchor: Place): boolean {
  const order = page.messages[0]?.order
  if (!order) return false
  return comparePlaces([order.major, order.minor ?? '', -Infinity], anchor) < 0
}

function groupsOfEqualOrder(messages: readonly Message[]): readonly (readonly Message[])[] {
  const groups = new Map<string, Message[]>()
  for (const message of messages) {
    const { order } = message
    if (!order) continue
    const name = JSON.stringify([order.major, order.minor ?? ''])
    const group = groups.get(name)
    if (group) group.push(message)
    else groups.set(name, [message])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}
