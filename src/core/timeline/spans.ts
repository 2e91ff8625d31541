/** Where a message stands among all of its conversation: by `major`, `minor`, then the number that tells equals apart. */
export type Place = readonly [major: number, minor: string, tie: number]

/** A stretch of history known without a hole, from its oldest message to its newest. */
export interface Span {
  readonly from: Place
  readonly to: Place
  /** Why nothing comes before it; absent: something may. */
  readonly older?: 'start' | 'retention' | 'joined'
  /** Set: what came after it was told by event, as long as this is still the epoch. */
  readonly liveEpoch?: number
  /**
   * Set: own messages after this place were placed by the answers to their sending, so that others may be missing between
   * unless they are told by event, as long as this stretch is followed.
   */
  readonly provenTo?: Place
  /** Set: whatever changed from this place on was told, as long as this is still the epoch. */
  readonly sure?: { readonly epoch: number; readonly from: Place }
}

/** The order of two places. */
export function comparePlaces(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return a[2] - b[2]
}

/** The stretch that holds this place. */
export function spanAt(spans: readonly Span[], place: Place): Span | undefined {
  return spans.find(({ from, to }) => comparePlaces(from, place) <= 0 && comparePlaces(place, to) <= 0)
}

/**
 * The stretches with one more; what it overlaps becomes one with it. Where numbers have no holes, neighbours by number are
 * one too. Two stretches that are both followed live have nothing between them, unless the numbers say so.
 */
export function joinSpan(spans: readonly Span[], added: Span, isDense: boolean): readonly Span[] {
  const sorted = [...spans, added].sort((a, b) => comparePlaces(a.from, b.from))
  const joined: Span[] = []
  for (const span of sorted) {
    const last = joined.at(-1)
    if (last && isOne(last, span, isDense)) joined[joined.length - 1] = union(last, span)
    else joined.push(span)
  }
  return joined
}

/**
 * The stretches after a message told by event: the live one grows to it, or it begins one where it is the newest.
 * `isAnswer`: the answer to its sending told it, which says nothing of what else is there.
 */
export function followLive(
  spans: readonly Span[],
  place: Place,
  epoch: number,
  isDense: boolean,
  isAnswer = false,
): readonly Span[] {
  const newest = spans.at(-1)
  if (newest && comparePlaces(place, newest.to) <= 0) {
    const proven = isAnswer ? spans : [...spans.slice(0, -1), provenUpTo(newest, place)]
    return joinSpan(proven, { from: place, to: place }, isDense)
  }
  const isFollowed = newest?.liveEpoch === epoch && !isJump(newest.to, place, isDense)
  if (isAnswer) {
    if (!isFollowed) return joinSpan(spans, { from: place, to: place }, isDense)
    const provenTo = isDense ? undefined : (newest.provenTo ?? newest.to)
    return [...spans.slice(0, -1), { ...newest, to: place, ...(provenTo && { provenTo }) }]
  }
  const others = newest && !isFollowed ? withoutLive(spans) : spans
  const from = isFollowed ? newest.to : place
  return joinSpan(others, { from, to: place, liveEpoch: epoch, sure: { epoch, from } }, isDense)
}

/** The same stretches, none of them followed any more. */
export function withoutLive(spans: readonly Span[]): readonly Span[] {
  return spans.map(({ liveEpoch: _liveEpoch, ...span }) => span)
}

/** The same stretches, of which anything may have changed unheard. */
export function withoutSure(spans: readonly Span[]): readonly Span[] {
  return spans.map(({ sure: _sure, ...span }) => span)
}

/** True where whatever changed in this stretch from a place on was told. */
export function isSure({ sure }: Span, from: Place, epoch: number): boolean {
  return sure !== undefined && sure.epoch === epoch && comparePlaces(sure.from, from) <= 0
}

/** A stretch that is not followed any more, and its messages at the places of which nothing proves that they are one with it. */
export function splitUnproven(span: Span, places: readonly Place[]): readonly Span[] {
  const { provenTo, liveEpoch: _liveEpoch, sure: _sure, ...rest } = span
  if (!provenTo) return [span]
  return [{ ...rest, to: provenTo }, ...places.map((place) => ({ from: place, to: place }))]
}

/** What is left of the stretches from this place on; what came before is known to nobody any more. */
export function spansFrom(spans: readonly Span[], first: Place): readonly Span[] {
  return spans.flatMap((span) => {
    if (comparePlaces(span.to, first) < 0) return []
    if (comparePlaces(first, span.from) <= 0) return [span]
    const { older: _older, ...rest } = span
    return [{ ...rest, from: first }]
  })
}

function isOne(a: Span, b: Span, isDense: boolean): boolean {
  if (comparePlaces(b.from, a.to) <= 0) return true
  if (isDense) return b.from[0] <= a.to[0] + 1
  return a.liveEpoch !== undefined && a.liveEpoch === b.liveEpoch
}

function isJump(from: Place, to: Place, isDense: boolean): boolean {
  return isDense && to[0] > from[0] + 1
}

function provenUpTo(span: Span, place: Place): Span {
  if (!span.provenTo || comparePlaces(place, span.provenTo) <= 0) return span
  const { provenTo: _provenTo, ...rest } = span
  return comparePlaces(place, span.to) < 0 ? { ...rest, provenTo: place } : rest
}

/** `a` begins first. Only the one that reaches farthest can say that it is followed. */
function union(a: Span, b: Span): Span {
  const isSameBegin = comparePlaces(a.from, b.from) === 0
  const older = a.older ?? (isSameBegin ? b.older : undefined)
  const reach = comparePlaces(a.to, b.to)
  const epochs = [...(reach >= 0 ? [a.liveEpoch] : []), ...(reach <= 0 ? [b.liveEpoch] : [])]
  const live = epochs.filter((epoch) => epoch !== undefined)
  const sure = reach === 0 ? (sureOf(a, b) ?? sureOf(b, a)) : reach > 0 ? sureOf(a, b) : sureOf(b, a)
  const to = reach >= 0 ? a.to : b.to
  const provenTo = farther(a.provenTo ?? a.to, b.provenTo ?? b.to)
  return {
    from: a.from,
    to,
    ...(comparePlaces(provenTo, to) < 0 && { provenTo }),
    ...(older && { older }),
    ...(live.length > 0 && { liveEpoch: Math.max(...live) }),
    ...(sure && { sure }),
  }
}

function farther(a: Place, b: Place): Place {
  return comparePlaces(a, b) >= 0 ? a : b
}

/** How far down the one that reaches farthest is sure, going on in the other where that one is sure too. */
function sureOf({ sure }: Span, other: Span): Span['sure'] {
  if (!sure || other.sure?.epoch !== sure.epoch || comparePlaces(other.to, sure.from) < 0) return sure
  return comparePlaces(other.sure.from, sure.from) < 0 ? other.sure : sure
}
