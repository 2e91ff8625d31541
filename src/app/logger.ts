import type { Logger } from '../core/ports'

/** Warnings and errors on the console; the rest is quiet (A8). */
export const consoleLogger: Logger = {
  debug() {},
  info() {},
  warn: (message, detail) => console.warn(`Parley: ${message}`, detail ?? ''),
  error: (message, detail) => console.error(`Parley: ${message}`, detail ?? ''),
}
