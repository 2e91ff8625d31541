import type { Clock } from '../core/ports'
import { ChatError } from '../model'
import type { Stop } from '../model'
import { createRandom } from '../core/random'
import type { Random } from '../core/random'

/** How bad the network is. Rates run from 0 to 1, for each call or each batch of events; what is left out never happens. */
export interface Faults {
  /** The same seed, calls and events give the same faults. */
  readonly seed: number
  /** The time in which things are late. */
  readonly clock: Clock
  /** How many milliseconds each way of a call and each batch of events takes. */
  readonly latency?: number | { readonly min: number; readonly max: number }
  /** Calls that never arrive, arrive without an answer or arrive late; events that are lost, of which the kit is told. */
  readonly loss?: number
  /** Events that are told twice, and calls that arrive twice where that makes no difference. */
  readonly duplicate?: number
  /** Messages that come after what is told about them, and conversations that overtake each other. */
  readonly reorder?: number
  /** How often a call or a batch breaks the connection; it comes back, with or without what was missed. */
  readonly disconnect?: number
  /** Calls that are answered by nobody until the line breaks or a minute is over. */
  readonly hang?: number
  /** Calls that the backend turns away for the moment: too often. */
  readonly refuse?: number
  /** Pages of history that are short, that repeat a message, or whose cursor has died. */
  readonly pages?: number
  /** How many milliseconds the device's clock is ahead; the transport measures it. Give the kit `skewedClock(clock, ms)`. */
  readonly clockSkew?: number
}

const NAMES = [
  'delayed',
  'callLost',
  'answerLost',
  'arrivedLate',
  'callRepeated',
  'hung',
  'refused',
  'eventsLost',
  'streamBroken',
  'eventsRepeated',
  'eventsRepeatedLater',
  'heldBack',
  'caughtUp',
  'leftInDoubt',
  'pageShortened',
  'pageRepeated',
  'cursorExpired',
  'clockSkewed',
  'killed',
] as const

/** What can go wrong, each counted by itself. */
export type FaultName = (typeof NAMES)[number]
/** How often each thing really went wrong. */
export type FaultCounts = Readonly<Record<FaultName, number>>
/** A rate among the faults. */
export type FaultRate = 'loss' | 'duplicate' | 'reorder' | 'disconnect' | 'hang' | 'refuse' | 'pages'

/** What calls and events share: chance, time, and the count of what happened. */
export interface Weather {
  readonly random: Random
  readonly clock: Clock
  readonly clockSkew: number | undefined
  /** Whether it happens this time. */
  happens(rate: FaultRate): boolean
  latency(): number
  note(name: FaultName): void
  counts(): FaultCounts
  /** Does `work` in `ms`, at once where that is 0. */
  later(ms: number, work: () => void): Stop
  calm(): void
  isDead(): boolean
  /** No timer of it fires any more. */
  kill(): void
}

/** Makes the weather; it is bad until it is calmed. */
export function createWeather(faults: Faults): Weather {
  const random = createRandom(faults.seed)
  const counts = Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<FaultName, number>
  const stops = new Set<Stop>()
  const { latency = 0 } = faults
  const { min, max } = typeof latency === 'number' ? { min: latency, max: latency } : latency
  let isCalm = false
  let isDead = false

  function later(ms: number, work: () => void): Stop {
    if (isDead) return () => {}
    if (ms <= 0) {
      work()
      return () => {}
    }
    const stop = faults.clock.after(ms, () => {
      stops.delete(stop)
      if (!isDead) work()
    })
    stops.add(stop)
    return () => {
      stops.delete(stop)
      stop()
    }
  }

  return {
    random,
    clock: faults.clock,
    clockSkew: faults.clockSkew,
    happens: (rate) => !isCalm && random.chance(faults[rate] ?? 0),
    latency() {
      if (isCalm || max <= 0) return 0
      const ms = random.between(min, max)
      if (ms > 0) counts.delayed++
      return ms
    },
    note: (name) => void counts[name]++,
    counts: () => ({ ...counts }),
    later,
    calm: () => void (isCalm = true),
    isDead: () => isDead,
    kill() {
      isDead = true
      stops.forEach((stop) => stop())
      stops.clear()
    },
  }
}

/** The line is down: nothing left this machine. */
export function offlineError(effect: 'none' | 'unknown' = 'none'): ChatError {
  return new ChatError({ code: 'line-down', kind: 'offline', effect, retry: 'later' })
}

/** Nobody answered. */
export function timeoutError(effect: 'none' | 'unknown'): ChatError {
  return new ChatError({ code: 'no-answer', kind: 'timeout', effect, retry: 'later' })
}
