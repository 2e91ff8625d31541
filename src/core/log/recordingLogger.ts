import { isChatError } from '../../model'
import type { EpochMs, ErrorDomain } from '../../model'
import type { Clock, Logger } from '../ports'

/** One thing told, without anything people wrote and without secrets: the kit's own words and an error's names. */
export interface LogEntry {
  readonly at: EpochMs
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly domain?: ErrorDomain
  readonly code?: number | string
}
/** A logger that remembers. */
export interface RecordingLogger extends Logger {
  /** The last things told, oldest first. */
  entries(): readonly LogEntry[]
}

/** Tells everything on, and keeps the last `keep` entries; of a detail only the names of an error are kept. */
export function recordingLogger(
  logger: Logger,
  { keep = 200, clock }: { readonly keep?: number; readonly clock: Pick<Clock, 'now'> },
): RecordingLogger {
  let kept: readonly LogEntry[] = []

  function tell(level: LogEntry['level']): Logger['debug'] {
    return (message, detail) => {
      const names = isChatError(detail) ? { domain: detail.domain, code: detail.code } : {}
      kept = [...kept, { at: clock.now(), level, message, ...names }].slice(-keep)
      logger[level](message, detail)
    }
  }
  return {
    debug: tell('debug'),
    info: tell('info'),
    warn: tell('warn'),
    error: tell('error'),
    entries: () => kept,
  }
}
