import type { Clock, IdSource } from '../core/ports'

/** The device's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Random ids of 128 bits, also on pages that are not a secure context. */
export const systemIds: IdSource = {
  next() {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  },
}
