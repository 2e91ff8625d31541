import type { TransportEvent } from '../../src/model'
import { EVENTS, sampleOf } from './mutantSpecs'
import type { Kind, Spec } from './mutantSpecs'

/** What can be done to a value. */
export const MUTATIONS = [
  'deleted',
  'null',
  'NaN',
  'wrong type',
  '__proto__',
  'constructor',
  '1 MB string',
  'far future',
  'negative',
  'empty array',
  'deep nesting',
  'throwing getter',
  'huge array',
  'cycle',
  'type',
] as const
export type Mutation = (typeof MUTATIONS)[number]

/** A valid event with one thing wrong, and what has to come of it. */
export interface Mutant {
  readonly type: TransportEvent['type']
  readonly mutation: Mutation
  /** Where, for whoever reads a failure. */
  readonly path: string
  readonly event: TransportEvent
  /** By how much the counter grows. */
  readonly rejected: number
  /** 'equal': the stores are as they were; 'sound': they may have changed, and hold nothing odd. */
  readonly stores: 'equal' | 'sound'
}

/** One place in an event, with all that is around it from the event inwards. */
interface Place {
  readonly type: TransportEvent['type']
  readonly path: readonly (string | number)[]
  readonly around: readonly Spec[]
}

/** 'fine': told otherwise, and still right. */
type Verdict = 'broken' | 'fine'
const HUGE: readonly unknown[] = Object.freeze(Array.from({ length: 20_000 }, () => 7))
const DEEP = nested()
const STRINGS: readonly Kind[] = ['id', 'text', 'url', 'word']
const NUMBERS: readonly Kind[] = ['number', 'amount', 'offset', 'degrees', 'past', 'moment']
const LISTS: readonly Kind[] = ['list', 'rows', 'keys']
const NO_ROWS = [null, undefined, 7, NaN, 'text', [], () => 1]
const NO_TYPES = [undefined, null, NaN, 7, '', '__proto__', 'constructor', 'toString', 'no.such.event', {}]
const megabyte = 'x'.repeat(1_000_000)

/** Chance that is the same each time, from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** So many mutants, every mutation of every place of every event first, as far as it makes sense there. */
export function* mutants(count: number, seed: number): Generator<Mutant> {
  const random = seeded(seed)
  const places = (Object.keys(EVENTS) as TransportEvent['type'][]).flatMap((type) =>
    placesOf(type, EVENTS[type]),
  )
  const all = places.flatMap((place) => MUTATIONS.map((mutation) => ({ place, mutation })))
  let made = 0
  while (made < count) {
    for (const { place, mutation } of shuffled(all, random)) {
      const mutant = mutate(place, mutation, random)
      if (!mutant) continue
      yield mutant
      if (++made === count) return
    }
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function placesOf(
  type: TransportEvent['type'],
  spec: Spec,
  path: Place['path'] = [],
  around: Place['around'] = [],
): readonly Place[] {
  const here = [...around, spec]
  const inside = spec.fields ? Object.entries(spec.fields) : [...(spec.items ?? []).entries()]
  return [
    { type, path, around: here },
    ...inside.flatMap(([step, inner]) => placesOf(type, inner, [...path, step], here)),
  ]
}

function mutate(place: Place, mutation: Mutation, random: () => number): Mutant | undefined {
  const { type, path, around } = place
  const spec = around.at(-1) as Spec
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const event: Record<string, unknown> = { type, ...(sampleOf(EVENTS[type]) as object) }
  const told = { type, mutation, path: path.join('.') }
  const made = (outcome: Pick<Mutant, 'rejected' | 'stores'>, mutated: unknown): Mutant => {
    const event = mutated as TransportEvent
    // What is nothing but a rejection counts once, whatever it says of itself.
    if (type === 'wire.rejected') return { ...told, event, rejected: 1, stores: 'equal' }
    return { ...told, event, ...outcome }
  }
  const REJECTED = { rejected: 1, stores: 'equal' } as const

  if (path.length === 0) {
    if (mutation === 'type') {
      const typeless = pick(NO_TYPES)
      return made(REJECTED, { ...event, type: typeless })
    }
    if (mutation === 'throwing getter') return made(REJECTED, throwing({ ...event }, 'type'))
    if (mutation === '__proto__' || mutation === 'constructor') {
      addOdd(event, mutation)
      return made({ rejected: 0, stores: 'sound' }, event)
    }
    if (mutation === 'cycle') return made(REJECTED, cycle())
    if (mutation === '1 MB string') return made(REJECTED, { ...event, type: megabyte })
    return mutation === 'wrong type' ? made(REJECTED, pick(NO_ROWS)) : undefined
  }
  const { holder, step } = holderOf(event, path, around)
  if (mutation === 'type') return undefined
  if (mutation === 'throwing getter') {
    throwing(holder, step)
    return made(REJECTED, event)
  }
  const isOdd = mutation === '__proto__' || mutation === 'constructor'
  if (isOdd && (spec.kind === 'object' || spec.kind === 'bag')) {
    addOdd((holder as Record<string | number, unknown>)[step] as object, mutation)
    return made({ rejected: 0, stores: isKept(around) ? 'equal' : 'sound' }, event)
  }
  const value = valueOf(mutation, spec.kind, pick)
  if (!value) return undefined
  if (mutation === 'deleted') delete (holder as Record<string | number, unknown>)[step]
  else (holder as Record<string | number, unknown>)[step] = value.value
  if (mutation === 'deleted' && Array.isArray(holder)) (holder as unknown[])[step as number] = undefined

  if (spec.kind === 'rows' && Array.isArray(value.value)) {
    return made(
      { rejected: value.value.length, stores: type === 'attributes.changed' ? 'sound' : 'equal' },
      event,
    )
  }
  return made(outcomeOf(verdictOf(mutation, spec), around), event)
}

/** What the mutated value stands in, and under which name. Of a list of rows only the row in question is told. */
function holderOf(
  event: object,
  path: Place['path'],
  around: Place['around'],
): { readonly holder: object; readonly step: string | number } {
  let holder = event as Record<string | number, unknown>
  let step = path[0] as string | number
  for (let depth = 1; depth < path.length; depth++) {
    const inner = holder[step] as Record<string | number, unknown>
    const next = path[depth] as string | number
    if (around[depth]?.kind === 'rows') {
      holder[step] = [inner[next]]
      step = 0
    } else step = next
    holder = (around[depth]?.kind === 'rows' ? holder[path[depth - 1] as string] : inner) as typeof holder
  }
  return { holder, step }
}

function valueOf(
  mutation: Mutation,
  kind: Kind,
  pick: <T>(values: readonly T[]) => T,
): { readonly value: unknown } | undefined {
  switch (mutation) {
    case 'deleted':
      return { value: undefined }
    case 'null':
      return { value: null }
    case 'NaN':
      return { value: NaN }
    case 'wrong type':
      return { value: pick(wrongFor(kind)) }
    case '1 MB string':
      return { value: megabyte }
    case 'far future':
      return { value: 1e17 }
    case 'negative':
      return { value: -1 }
    case 'empty array':
      return { value: [] }
    case 'deep nesting':
      return { value: DEEP }
    case 'huge array':
      return { value: HUGE }
    case 'cycle':
      return { value: cycle() }
    case '__proto__':
      return kind === 'json' ? { value: JSON.parse('{"__proto__":{"polluted":true}}') as unknown } : undefined
    default:
      return undefined
  }
}

function wrongFor(kind: Kind): readonly unknown[] {
  const never = [() => 1, Symbol('odd'), 10n]
  if (kind === 'json') return never
  if (STRINGS.includes(kind)) return [7, true, {}, ['x'], ...never]
  if (NUMBERS.includes(kind)) return ['7', true, {}, [1], Infinity, -Infinity, ...never]
  if (kind === 'code') return [true, {}, [7], ...never]
  if (kind === 'flag') return ['true', 1, 0, {}, ...never]
  if (LISTS.includes(kind)) return ['x', 7, true, { length: 1, 0: 'x' }, ...never]
  return ['x', 7, true, ['x'], ...never]
}

/** From what a value is and what was done to it alone. */
function verdictOf(mutation: Mutation, { kind, need, fields }: Spec): Verdict {
  const isJson = kind === 'json'
  switch (mutation) {
    case 'null':
      return need === 'clearable' || isJson ? 'fine' : 'broken'
    case '1 MB string':
      return kind === 'text' ? 'fine' : 'broken'
    case 'far future':
      return ['number', 'code'].includes(kind) || isJson ? 'fine' : 'broken'
    case 'negative':
      return isJson || ['number', 'code', 'offset', 'degrees'].includes(kind) ? 'fine' : 'broken'
    case 'empty array':
      return kind === 'list' || isJson || (kind === 'keys' && need === 'replaced') ? 'fine' : 'broken'
    case 'deep nesting':
    case 'huge array':
      return kind === 'list' || (kind === 'keys' && need === 'replaced') ? 'fine' : 'broken'
    case 'cycle': {
      const isFree = fields && Object.values(fields).every((field) => field.need !== 'needed')
      return kind === 'bag' || isFree ? 'fine' : 'broken'
    }
    default:
      return 'broken'
  }
}

function outcomeOf(verdict: Verdict, around: readonly Spec[]): Pick<Mutant, 'rejected' | 'stores'> {
  if (verdict === 'fine') return { rejected: 0, stores: 'sound' }
  for (let depth = around.length - 1; depth > 0; depth--) {
    const spec = around[depth] as Spec
    const holder = around[depth - 1] as Spec
    if (holder.kind === 'rows') return { rejected: 1, stores: 'equal' }
    if (spec.need === 'replaced') return { rejected: 0, stores: 'sound' }
    // Lists inside a noun are mended, which is not counted.
    if (holder.kind === 'list') return { rejected: 0, stores: 'sound' }
    if (spec.need !== 'needed') return { rejected: 0, stores: holder.merges ? 'equal' : 'sound' }
  }
  return { rejected: 1, stores: 'equal' }
}

/** True inside a noun of which the stores know all that is told already. */
function isKept(around: readonly Spec[]): boolean {
  return around.some((spec) => spec.merges)
}

function addOdd(to: object, mutation: '__proto__' | 'constructor'): void {
  const value = mutation === '__proto__' ? { polluted: true } : { prototype: { polluted: true } }
  Object.defineProperty(to, mutation, { value, enumerable: true, configurable: true, writable: true })
}

function throwing<T extends object>(holder: T, step: string | number): T {
  return Object.defineProperty(holder, step, {
    enumerable: true,
    configurable: true,
    get() {
      throw new Error('a getter that throws')
    },
  })
}

function nested(): unknown {
  let value: unknown[] = []
  for (let depth = 0; depth < 10_000; depth++) value = [value]
  return value
}

function cycle(): object {
  const value: Record<string, unknown> = {}
  value['self'] = value
  return value
}
