import { catalogueError } from '../../core/errors'
import { soundMessage } from '../../core/sound'
import { useSessionStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what messages carry and what comes only when it is asked for. */
export function fileHandlers({
  transport,
  clock,
  pinia,
}: HandlerContext): Handlers<'resolveFile' | 'openMerged'> {
  const session = useSessionStore(pinia)
  return {
    /** A URL that works now: the file's own while it lasts, else a fresh one from the backend (C12). */
    async resolveFile({ file, of }) {
      const isFresh = file.expiresAt === undefined || file.expiresAt > clock.now() + session.clockOffsetMs
      if (file.url !== undefined && isFresh) return file.url
      const resolved = await transport.files?.resolve?.(file, of)
      if (resolved?.url === undefined) throw catalogueError('parley', 'file-gone')
      return resolved.url
    },

    async openMerged({ message }) {
      const found = await transport.messages.openMerged?.(message)
      if (found === undefined) throw catalogueError('parley', 'unsupported')
      return found.flatMap((item) => soundMessage(item) ?? [])
    },
  }
}
