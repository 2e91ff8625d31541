import type { Logger } from '../core/ports'

/** How much developers hear; each level includes the ones before it. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** From the quietest to the loudest. */
export const LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug']

/** A logger on the console that tells what is at least as grave as `level`; 'silent' tells nothing (A8). */
export function createConsoleLogger(level: LogLevel): Logger {
  const loudest = LEVELS.indexOf(level)

  function tell(at: Exclude<LogLevel, 'silent'>): Logger['debug'] {
    if (LEVELS.indexOf(at) > loudest) return () => {}
    // Asked for at the call, so that a console put in its place later is used.
    return (message, detail) => console[at](`Parley: ${message}`, detail ?? '')
  }
  return { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') }
}

/** The app's own logger, or the console told as much as is wanted: warnings and errors where nothing is said (A8). */
export function loggerOf(wanted: Logger | LogLevel = 'warn'): Logger {
  return typeof wanted === 'string' ? createConsoleLogger(wanted) : wanted
}
