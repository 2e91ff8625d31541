import type { Logger } from '../../src/core/ports'

/** A logger that keeps what it is told, so that a test can look. */
export interface RecordingLogger extends Logger {
  readonly said: readonly string[]
}

/** Keeps warnings and errors; the rest is quiet. */
export function createRecordingLogger(): RecordingLogger {
  const said: string[] = []
  const keep = (message: string, detail?: unknown) => void said.push(`${message} ${String(detail ?? '')}`)
  return { said, debug() {}, info() {}, warn: keep, error: keep }
}
