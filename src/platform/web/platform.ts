import type { Clock, IdSource, Platform } from '../../core/ports'
import { webNotifier } from './notifier'
import { webRecorder } from './recorder'
import { shrinkImage } from './shrinkImage'
import { squareImage } from './squareImage'
import { webTabs } from './tabs'
import { watchPage } from './watch'

/** A timer that is to wait longer runs at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, Math.min(ms, LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}

/** Ids nobody else makes: 128 random bits in hexadecimal. */
export const randomIds: IdSource = {
  next() {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  },
}

/** A browser page. */
export const webPlatform: Platform = {
  tabs: webTabs,
  shrinkImage,
  squareImage,
  ...(webRecorder && { recorder: webRecorder }),
  watch: watchPage,
  notifier: webNotifier,
  fileUrl: (file) => (file.value instanceof Blob ? URL.createObjectURL(file.value) : undefined),
  releaseFileUrl: (url) => URL.revokeObjectURL(url),
  async imageSize(file) {
    if (!(file.value instanceof Blob)) return undefined
    try {
      const bitmap = await createImageBitmap(file.value)
      const { width, height } = bitmap
      bitmap.close()
      return { width, height }
    } catch {
      return undefined
    }
  },
}
