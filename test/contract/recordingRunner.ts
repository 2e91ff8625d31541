import type { SuiteRunner } from 'vue-parley/testing'

/** One check, and how it ended once it has run. */
export interface RecordedCheck {
  /** The names of the groups it lies in, then its own. */
  readonly path: readonly string[]
  readonly run: () => Promise<void>
}
/** A check that failed. */
export interface RecordedFailure {
  readonly name: string
  readonly message: string
}
/** A runner that only keeps what it is given. */
export interface RecordingRunner extends SuiteRunner {
  readonly checks: readonly RecordedCheck[]
  /** Runs, in order, what lies in a topic whose name fits. */
  run(topic?: RegExp): Promise<readonly RecordedFailure[]>
}

/** A runner for tests about the suite itself: nothing runs before `run`. */
export function recordingRunner(): RecordingRunner {
  const checks: RecordedCheck[] = []
  const groups: string[] = []
  return {
    checks,
    describe(name, body) {
      groups.push(name)
      body()
      groups.pop()
    },
    it: (name, run) => void checks.push({ path: [...groups, name], run }),
    async run(topic = /(?:)/) {
      const failures: RecordedFailure[] = []
      for (const { path, run } of checks) {
        if (!topic.test(path[1] ?? '')) continue
        try {
          await run()
        } catch (error) {
          failures.push({ name: path.slice(1).join(': '), message: String((error as Error).message) })
        }
      }
      return failures
    },
  }
}
