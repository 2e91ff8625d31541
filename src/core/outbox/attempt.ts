import { catalogueError } from '../errors'
import { toChatError } from '../../model'
import type { ChatError } from '../../model'
import type { ChatErrorShape, OutboxItem, Task } from '../../model'
import type { Timers } from './timers'

/** How an attempt ended; 'over': what it was for is done already. */
export type AttemptOutcome = { readonly result: unknown } | { readonly error: ChatErrorShape } | 'over'

/** What is known by asking. */
export type Finding = { readonly done: unknown } | 'absent' | 'unknown'

/** How long a backend may take. */
export interface AttemptLimits {
  /** Without an answer and without progress. */
  readonly attemptMs: number
  /** After it was called back. */
  readonly cancelMs: number
}

/** One try to do a command, from before it is claimed until it is known what came of it. */
export class Attempt {
  /** Somebody has called the command back. */
  isCancelWished = false
  /** The command is done or gone, whatever the attempt still hears. */
  isOver = false
  private readonly listeners = new Set<() => void>()

  constructor(
    /** As it is in the store. */
    public item: OutboxItem,
    /** How often sending had gone on when the attempt began. */
    public readonly resumes: number,
  ) {}

  cancel(): void {
    this.isCancelWished = true
    this.wake()
  }

  finish(): void {
    this.isOver = true
    this.wake()
  }

  /** Makes whoever waits look around. */
  wake(): void {
    for (const listener of [...this.listeners]) listener()
  }

  /** Waits, at most so long, until there is something to look at. */
  pause(ms: number, timers: Timers): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        stop()
        this.listeners.delete(end)
        resolve()
      }
      const stop = timers.after(ms, end)
      this.listeners.add(end)
    })
  }

  /** Does the command once. `onLate` hears of a success after everybody stopped waiting. */
  carry(
    run: (onAlive: () => void) => Task<unknown>,
    limits: AttemptLimits,
    timers: Timers,
    onLate: (result: unknown) => void,
  ): Promise<AttemptOutcome> {
    return new Promise((resolve) => {
      let isSettled = false
      let task: Task<unknown> | undefined
      const settle = (outcome: AttemptOutcome): void => {
        if (isSettled) return
        isSettled = true
        stopWaiting()
        this.listeners.delete(look)
        resolve(outcome)
      }
      const giveUp = (): void => {
        settle({ error: unheardError() })
        cancelTask(task)
      }
      const look = (): void => {
        if (this.isOver) return settle('over')
        if (!this.isCancelWished) return
        this.listeners.delete(look)
        wait(limits.cancelMs)
        cancelTask(task)
      }
      let stopWaiting = timers.after(limits.attemptMs, giveUp)
      const wait = (ms: number): void => {
        stopWaiting()
        stopWaiting = timers.after(ms, giveUp)
      }
      const onAlive = (): void => {
        if (!isSettled && !this.isCancelWished) wait(limits.attemptMs)
      }
      this.listeners.add(look)
      try {
        task = run(onAlive)
        task.result.then(
          (result) => (isSettled ? onLate(result) : settle({ result })),
          (thrown: unknown) => settle({ error: toChatError(thrown) }),
        )
      } catch (thrown) {
        settle({ error: toChatError(thrown) })
      }
    })
  }
}

/** Asks the backend, but not for ever. */
export function ask(
  find: () => Promise<Finding>,
  ms: number,
  timers: Timers,
): Promise<Finding | ChatErrorShape> {
  return new Promise((resolve) => {
    const stop = timers.after(ms, () => resolve('unknown'))
    const answer = (finding: Finding | ChatErrorShape): void => {
      stop()
      resolve(finding)
    }
    try {
      find().then(answer, (thrown: unknown) => answer(toChatError(thrown)))
    } catch (thrown) {
      answer(toChatError(thrown))
    }
  })
}

function unheardError(): ChatError {
  return catalogueError('parley', 'no-answer')
}

function cancelTask(task: Task<unknown> | undefined): void {
  try {
    task?.cancel()
  } catch {
    // Whoever cannot be called back is waited for.
  }
}
