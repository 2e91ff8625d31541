import { comparePlaces, joinSpan, spansFrom, withoutLive } from '../core/timeline'
import type { Place, Span } from '../core/timeline'
import type { ConversationId, KnownPage, Message, MessageRef } from '../model'
import { canBeCopied } from './batch'
import type { Batch } from './batch'
import { keyOfRow } from './messageKeeper'
import type { MessageKeeper, Side } from './messageKeeper'
import type { MessageRow } from './rows'
import { changeSpans, epochOf, isDense } from './spanTable'
import type { Telling } from './unnumbered'

/** Puts pages into the tables: their messages, the stretch that they are, and that what they leave out is gone. */
export class PageKeeper {
  constructor(
    private readonly batch: Batch,
    private readonly messages: MessageKeeper,
  ) {}

  /** Takes in a page; `isFollowed`: nothing was lost between asking for it and now. */
  async addPage(
    conversationId: ConversationId,
    page: KnownPage,
    beside: MessageRef | undefined,
    telling: Telling & { readonly isFollowed: boolean },
  ): Promise<void> {
    const anchor = beside && (await this.messages.placeOf(conversationId, beside.keys))
    const side: Side = anchor && isOlder(page, anchor) ? 'before' : 'after'
    const ours = page.messages.filter((message) => message.conversationId === conversationId)
    if (!page.isKept && !beside && isEmpty(page)) return this.forgetAll(conversationId)
    if (!page.isKept) await this.forgetAbsent(conversationId, page, ours, anchor)
    // Backwards on the older side, so that messages of equal order keep the page's own order.
    for (const message of side === 'before' ? [...ours].reverse() : ours) {
      await this.messages.put(message, side, { ...telling, isWhole: true })
    }
    await this.orderEquals(conversationId, ours)
    let places: Place[] = anchor ? [anchor] : []
    let { older } = page
    for (const message of ours) {
      const place = await this.messages.placeOf(conversationId, message.keys)
      // A message that the backend holds in two places says nothing of what is between them.
      if (place && isPlaceOf(message, place)) places.push(place)
      else if (place) continue
      else if (!canBeCopied(message)) {
        // No stretch goes over what cannot be kept: only what is newer is one.
        places = anchor && side === 'before' ? [anchor] : []
        older = { more: true }
      }
    }
    places.sort(comparePlaces)
    const [from, to] = [places[0], places.at(-1)]
    if (from && to) await this.addSpan(conversationId, { from, to }, { ...page, older }, telling.isFollowed)
    for (const change of page.changes) await this.messages.change(change, telling)
  }

  /** Nothing is there any more. Of what came meanwhile no stretch is left either, so that it is asked for again. */
  private async forgetAll(id: ConversationId): Promise<void> {
    await this.batch.deleteAllOf('messages', id)
    await this.batch.deleteAllOf('names', id)
    await changeSpans(this.batch, id, () => [])
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
    if (isBeginning) await changeSpans(this.batch, id, (spans) => spansFrom(spans, low))
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
    const hasNoHoles = await isDense(this.batch, conversationId)
    await changeSpans(this.batch, conversationId, (spans) =>
      joinSpan(withoutOld(spans, epoch), span, hasNoHoles),
    )
  }

  /** Gives messages of equal order the sequence in which the page lists them (D7). */
  private async orderEquals(conversationId: ConversationId, messages: readonly Message[]): Promise<void> {
    for (const group of groupsOfEqualOrder(messages)) {
      const rows: MessageRow[] = []
      for (const { keys } of group) {
        const row = await this.messages.find(conversationId, keys)
        if (row && !rows.some((other) => other.tie === row.tie)) rows.push(row)
      }
      const ties = rows.map(({ tie }) => tie).sort((a, b) => a - b)
      // The same places, handed out anew: nothing that a stretch begins or ends with moves away.
      rows.forEach((row, i) => {
        const tie = ties[i] as number
        if (tie !== row.tie) this.messages.write(row.message, [row.major, row.minor, tie], row.unnumbered)
      })
    }
  }
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

function isPlaceOf({ order }: Message, [major, minor]: Place): boolean {
  return !order || (order.major === major && (order.minor ?? '') === minor)
}
