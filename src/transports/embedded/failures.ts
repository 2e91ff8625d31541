import { catalogueError } from '../../core/errors'
import type { Ability, Facets } from '../../core/ports'
import type { ChatError, EpochMs, UserId } from '../../model'

/** A call that is to be answered with a code instead of being done. */
export interface PlannedFailure {
  /** Which call. */
  readonly call: Ability
  /** A code of the vendor's catalogue, one that it does not know, or one of the app's own server. */
  readonly code: number
  /** Whose call; anybody's when absent. */
  readonly userId?: UserId
  /** When a mute or a limit of this kind ends. */
  readonly untilAt?: EpochMs
  /** How many calls in a row; 1 when absent. */
  readonly times?: number
}

/** The failures that somebody has asked for, in their order. */
export interface FailurePlan {
  add(failure: PlannedFailure): void
  /** The answer to a call, once for each time it was planned. */
  take(call: Ability, userId: UserId | undefined): ChatError | undefined
}

/** A plan in which everything goes well. */
export function createFailurePlan(): FailurePlan {
  let planned: readonly (PlannedFailure & { readonly times: number })[] = []
  return {
    add({ times = 1, ...failure }) {
      planned = [...planned, { ...failure, times }]
    },
    take(call, userId) {
      const next = planned.find((one) => one.call === call && (one.userId ?? userId) === userId)
      if (!next) return undefined
      planned = planned.flatMap((one) => {
        if (one !== next) return [one]
        return one.times > 1 ? [{ ...one, times: one.times - 1 }] : []
      })
      const { code, untilAt } = next
      return catalogueError('tencent', code, { operation: call, ...(untilAt !== undefined && { untilAt }) })
    },
  }
}

/** These answer with a task; all other calls with a promise. */
const TASKS: readonly Ability[] = ['messages.send', 'files.upload']

/** The facets of a transport, with calls that fail as planned. */
export function failingAsPlanned(facets: Facets, plan: FailurePlan, ownId: () => UserId | undefined): Facets {
  return Object.fromEntries(
    Object.entries(facets).map(([facet, methods]) => [
      facet,
      withFailures(facet, methods as object, plan, ownId),
    ]),
  ) as unknown as Facets
}

function withFailures(
  facet: string,
  methods: object,
  plan: FailurePlan,
  ownId: () => UserId | undefined,
): object {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]: [string, unknown]) => {
      if (typeof method !== 'function') return [name, method]
      const call = `${facet}.${name}` as Ability
      return [
        name,
        (...given: readonly unknown[]): unknown => {
          const error = plan.take(call, ownId())
          if (!error) return (method as (...args: readonly unknown[]) => unknown)(...given)
          const result = Promise.reject(error)
          return TASKS.includes(call) ? { result, cancel() {} } : result
        },
      ]
    }),
  )
}
