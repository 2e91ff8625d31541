import { catalogueError } from '../errors'
import type { ChatError } from '../../model'
import type { EpochMs, Stop, Task } from '../../model'
import type { Clock } from '../ports'

/** At most `count` calls of `name` begin within `perMs`; '*' counts the calls of all names. */
export interface PaceRule {
  readonly name: string
  readonly count: number
  readonly perMs: number
}
/** What a pacer is made of. */
export interface PacerOptions {
  /** Waits until there is room. */
  readonly clock: Clock
  /** All rules that fit a call hold at once. */
  readonly rules: readonly PaceRule[]
  /** How many calls of one name may wait; the next is refused. @default 500 */
  readonly mostWaiting?: number
}
/** Lets calls begin when it is their turn (I9). */
export interface Pacer {
  /** Whether any rule fits. */
  isPaced(name: string): boolean
  /** Begins `work` as soon as the rules allow: at once, or after those of the same name that came before. */
  run<T>(name: string, work: () => Promise<T>): Promise<T>
  /** As `run`; `cancel` takes back what still waits. */
  enter<T>(name: string, work: () => Promise<T>): Task<T>
  /** Joins work of the same key that is under way, else begins it. */
  share<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Lets no call of `name` ('*': none at all) begin before that moment, as a backend asked. */
  holdUntil(name: string, at: EpochMs): void
  /** Refuses what waits, with kind 'offline': nobody has called it back; calls that come later are paced as before. */
  stop(): void
}

/** A moment further away is no honest answer, or from a clock that was set back. */
const LONGEST_HOLD_MS = 60 * 60_000

interface Waiting {
  readonly name: string
  readonly begin: () => void
  readonly refuse: (error: ChatError) => void
}
interface RuleState {
  readonly rule: PaceRule
  /** When the last calls began, oldest first. */
  startedAt: readonly EpochMs[]
}

/** A pacer with all its room free. */
export function createPacer({ clock, rules, mostWaiting = 500 }: PacerOptions): Pacer {
  const states: readonly RuleState[] = rules
    .filter(({ count, perMs }) => count >= 1 && perMs > 0)
    .map((rule) => ({ rule, startedAt: [] }))
  const heldUntil = new Map<string, EpochMs>()
  const shared = new Map<string, Promise<unknown>>()
  let waiting: readonly Waiting[] = []
  let timer: Stop | undefined

  const fitting = (name: string) => states.filter(({ rule }) => rule.name === name || rule.name === '*')

  /** When a call of this name may begin; a start that lies ahead is from a clock that was set back. */
  function freeAt(name: string): EpochMs {
    const now = clock.now()
    const held = [heldUntil.get(name) ?? now, heldUntil.get('*') ?? now].filter(
      (at) => at - now <= LONGEST_HOLD_MS,
    )
    const free = fitting(name).map((state) => {
      const { count, perMs } = state.rule
      state.startedAt = state.startedAt.filter((at) => at <= now && at > now - perMs)
      const oldest = state.startedAt.at(-count)
      return oldest === undefined ? now : oldest + perMs
    })
    return Math.max(now, ...held, ...free)
  }

  function pump(): void {
    timer?.()
    timer = undefined
    const blocked = new Map<string, EpochMs>()
    for (const next of waiting) {
      if (blocked.has(next.name)) continue
      const at = freeAt(next.name)
      if (at > clock.now()) {
        blocked.set(next.name, at)
        continue
      }
      waiting = waiting.filter((other) => other !== next)
      for (const state of fitting(next.name)) state.startedAt = [...state.startedAt, clock.now()]
      next.begin()
    }
    if (blocked.size > 0) timer = clock.after(Math.min(...blocked.values()) - clock.now(), pump)
  }

  function enter<T>(name: string, work: () => Promise<T>): Task<T> {
    let takeBack = (): void => {}
    const result = new Promise<T>((resolve, reject) => {
      if (waiting.filter((other) => other.name === name).length >= mostWaiting) {
        return reject(catalogueError('parley', 'queue-full'))
      }
      const mine: Waiting = {
        name,
        begin: () => void Promise.resolve().then(work).then(resolve, reject),
        refuse: reject,
      }
      takeBack = () => {
        if (!waiting.includes(mine)) return
        waiting = waiting.filter((other) => other !== mine)
        reject(cancelled())
        pump()
      }
      waiting = [...waiting, mine]
      pump()
    })
    return { result, cancel: () => takeBack() }
  }

  return {
    isPaced: (name) => fitting(name).length > 0,
    run: (name, work) => enter(name, work).result,
    enter,
    share<T>(key: string, work: () => Promise<T>): Promise<T> {
      const running = shared.get(key) as Promise<T> | undefined
      if (running) return running
      const mine = work().finally(() => shared.get(key) === mine && shared.delete(key))
      shared.set(key, mine)
      return mine
    },
    holdUntil(name, at) {
      if (!Number.isFinite(at)) return
      const until = Math.min(at, clock.now() + LONGEST_HOLD_MS)
      heldUntil.set(name, Math.max(until, heldUntil.get(name) ?? 0))
      pump()
    },
    stop() {
      const refused = waiting
      waiting = []
      shared.clear()
      pump()
      for (const { refuse } of refused) refuse(offline())
    },
  }
}

function cancelled(): ChatError {
  return catalogueError('parley', 'cancelled')
}

function offline(): ChatError {
  return catalogueError('parley', 'disconnected')
}
