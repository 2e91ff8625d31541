import type { ConversationId } from '../../src/model'
import type { Deed, Record, Written } from './record'

/** A message as somebody sees it. */
export interface Sight {
  /** What was written first, which names it; undefined: nobody wrote it. */
  readonly written: Written | undefined
  /** What it says now; undefined where it was recalled. */
  readonly text: string | undefined
  readonly isRecalled: boolean
  /** Own reactions. */
  readonly reactions: readonly string[]
  /** Something is known to be missing above it. */
  readonly isBelowGap: boolean
}

/** What somebody sees of a conversation at the end, oldest first. */
export interface Seen {
  readonly userId: string
  readonly tab: string
  readonly conversationId: ConversationId
  readonly sights: readonly Sight[]
  /** There is more before the first. */
  readonly hasOlder: boolean
  /** There may be more after the last. */
  readonly hasNewer: boolean
}

type Facts = Pick<Record, 'written' | 'deeds'>

/** What is wrong with what people see, in words; nothing where all is well. */
export function judge(facts: Facts, seen: readonly Seen[]): readonly string[] {
  return [...seen.flatMap((one) => judgeOne(facts, one)), ...judgeAlike(seen)]
}

/** What is wrong with a part of what the same person has seen whole. */
export function judgePart(part: Seen, whole: Seen, isCurrent: boolean): readonly string[] {
  const who = `${part.tab} in ${part.conversationId}, from this machine`
  const truth = namesOf(whole)
  const shown = part.sights.map(({ written }) => written)
  const places = shown.map((written) => truth.indexOf(written))
  const wrong = judgeCounts(who, part)
  places.forEach((place, index) => {
    if (place < 0) {
      if (isCurrent) wrong.push(`${who}: "${shown[index]?.text}" has come back`)
      return
    }
    const before = places.slice(0, index).findLast((other) => other >= 0) ?? -1
    if (before > place) wrong.push(`${who}: "${shown[index]?.text}" stands too low`)
    const isMarked = part.sights[index]?.isBelowGap || (before < 0 && part.hasOlder)
    if (before < place - 1 && !isMarked) wrong.push(`${who}: a hole above "${shown[index]?.text}" is hidden`)
    if (!isCurrent) return
    const [then, now] = [part.sights[index], whole.sights[place]]
    const words = (sight: Sight | undefined) =>
      JSON.stringify([sight?.text, sight?.isRecalled, sight?.reactions])
    if (words(then) !== words(now)) wrong.push(`${who}: ${words(then)} was kept of ${words(now)}`)
  })
  const last = Math.max(-1, ...places)
  if (!part.hasNewer && shown.length > 0 && last < truth.length - 1) wrong.push(`${who}: its end is hidden`)
  return wrong
}

function judgeOne(facts: Facts, seen: Seen): readonly string[] {
  const { userId, tab, conversationId, sights } = seen
  const here = facts.written.filter((one) => one.conversationId === conversationId)
  const deeds = facts.deeds.filter(
    (deed) => ('of' in deed ? deed.of.conversationId : deed.conversationId) === conversationId,
  )
  const who = `${tab} in ${conversationId}`
  const wrong = judgeCounts(who, seen)
  if (seen.hasOlder) wrong.push(`${who}: the beginning cannot be reached`)
  for (const one of here) {
    const sight = sights.find(({ written }) => written === one)
    const hiding = hidingOf(one, userId, deeds)
    if (sight && hiding === 'gone') wrong.push(`${who}: "${one.text}" has come back`)
    const isSure = one.keptAt !== undefined && !one.isDropped && hiding === 'here'
    if (!sight && isSure) wrong.push(`${who}: "${one.text}" is missing`)
    if (sight) wrong.push(...judgeWords(who, one, userId, sight, deeds))
  }
  for (const { isBelowGap, text } of sights)
    if (isBelowGap) wrong.push(`${who}: a hole above "${text}" stays`)
  return [...wrong, ...judgeLanes(who, here, namesOf(seen))]
}

function judgeCounts(who: string, { sights }: Seen): string[] {
  const counts = new Map<Written | undefined, number>()
  for (const { written } of sights) counts.set(written, (counts.get(written) ?? 0) + 1)
  return [...counts].flatMap(([written, count]) => {
    if (!written) return [`${who}: nobody wrote "${sights.find((sight) => !sight.written)?.text}" here`]
    return count > 1 ? [`${who}: "${written.text}" stands ${count} times`] : []
  })
}

/** Whether a person must see a message that he deleted or cleared, perhaps. */
function hidingOf(one: Written, userId: string, deeds: readonly Deed[]): 'here' | 'gone' | 'perhaps' {
  let isPerhaps = false
  for (const deed of deeds) {
    if (deed.byId !== userId) continue
    if (deed.kind === 'delete' && deed.of === one) {
      if (deed.outcome === 'done') return 'gone'
      isPerhaps = true
    }
    if (deed.kind !== 'clear') continue
    if (deed.outcome === 'done' && (one.arrivedAt ?? Infinity) < deed.askedAt) return 'gone'
    if (one.askedAt < (deed.endedAt ?? Infinity)) isPerhaps = true
  }
  return isPerhaps ? 'perhaps' : 'here'
}

function judgeWords(
  who: string,
  one: Written,
  userId: string,
  sight: Sight,
  deeds: readonly Deed[],
): readonly string[] {
  const on = deeds.filter((deed) => 'of' in deed && deed.of === one)
  const wrong: string[] = []
  const recalls = on.filter(({ kind }) => kind === 'recall').map(({ outcome }) => outcome)
  if (recalls.includes('done') && !sight.isRecalled) wrong.push(`${who}: "${one.text}" was recalled`)
  if (sight.isRecalled && !recalls.some((outcome) => outcome !== 'refused')) {
    wrong.push(`${who}: nobody recalled "${one.text}"`)
  }
  if (sight.isRecalled) return wrong
  const edits = on.filter((deed) => deed.kind === 'edit')
  const texts = lastOnes(edits).map(({ text }) => text)
  if (!edits.some(({ outcome }) => outcome === 'done')) texts.push(one.text)
  if (!texts.includes(sight.text ?? '')) {
    wrong.push(
      `${who}: "${one.text}" says "${sight.text}", not ${texts.map((text) => `"${text}"`).join(' or ')}`,
    )
  }
  const reactions = on.filter((deed) => deed.kind === 'react').filter(({ byId }) => byId === userId)
  const sets = lastOnes(reactions).map(({ after }) => after.join())
  if (!reactions.some(({ outcome }) => outcome === 'done')) sets.push('')
  const own = [...sight.reactions].sort().join()
  if (!sets.includes(own)) {
    wrong.push(`${who}: own reactions to "${one.text}" are [${own}], not [${sets.join('] or [')}]`)
  }
  return wrong
}

/** Those that may have been the last: no other was asked for after they were done, or nobody knows how they went. */
function lastOnes<D extends Deed>(deeds: readonly D[]): D[] {
  const done = deeds.filter(({ outcome }) => outcome === 'done')
  return deeds.filter(
    ({ outcome, endedAt = Infinity }) =>
      outcome === 'open' || (outcome === 'done' && !done.some((other) => other.askedAt > endedAt)),
  )
}

/** What a person wrote keeps its order, as far as nothing of it was ever in doubt. */
function judgeLanes(
  who: string,
  here: readonly Written[],
  names: readonly (Written | undefined)[],
): readonly string[] {
  const sure = here.filter((one) => !one.isTroubled && names.includes(one))
  return sure.flatMap((one, index) =>
    sure
      .slice(0, index)
      .filter(
        (before) =>
          before.byId === one.byId && (before.tab === one.tab || (before.keptAt ?? Infinity) < one.askedAt),
      )
      .filter((before) => names.indexOf(before) > names.indexOf(one))
      .map((before) => `${who}: "${one.text}" stands before "${before.text}"`),
  )
}

/** Everybody sees the same, but for what each took out of his own sight. */
function judgeAlike(seen: readonly Seen[]): readonly string[] {
  const wrong: string[] = []
  for (const [index, one] of seen.entries()) {
    const other = seen.slice(0, index).find(({ conversationId }) => conversationId === one.conversationId)
    if (!other) continue
    const isSamePerson = other.userId === one.userId
    const [ours, theirs] = [wordsOf(one), wordsOf(other)]
    const common = (a: readonly string[], b: readonly string[]) =>
      isSamePerson ? a : a.filter((it) => b.includes(it))
    const [a, b] = [common(ours, theirs), common(theirs, ours)]
    const length = Math.max(a.length, b.length)
    for (let at = 0; at < length; at++) {
      if (a[at] === b[at]) continue
      wrong.push(`${one.conversationId}: at ${at} ${one.tab} sees ${a[at]}, ${other.tab} ${b[at]}`)
      break
    }
    wrong.push(...differentWords(one, other))
  }
  return wrong
}

function differentWords(one: Seen, other: Seen): readonly string[] {
  return one.sights.flatMap((sight) => {
    const same = other.sights.find(({ written }) => written === sight.written)
    if (!same || (same.text === sight.text && same.isRecalled === sight.isRecalled)) return []
    return [`${one.tab} reads "${sight.text}" where ${other.tab} reads "${same.text}"`]
  })
}

const wordsOf = ({ sights }: Seen) => sights.map(({ written }) => written?.text ?? '?')
const namesOf = ({ sights }: Seen) => sights.map(({ written }) => written)
